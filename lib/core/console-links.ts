import { partitionOf } from './partition.ts';

// "https://region-code.console.aws.amazon.com" (AWS General Reference, "AWS Management Console endpoints"); China's and GovCloud's
// domains as AWS's own guides link to them. The isolated partitions publish none: there are no links there.
const DOMAINS: Readonly<Record<string, string>> = {
  aws: 'aws.amazon.com',
  'aws-cn': 'amazonaws.cn',
  'aws-us-gov': 'amazonaws-us-gov.com',
};

/** Makes addresses of a page and a place on it. */
type ConsolePages = (page: string, place: string) => string;

/** The console of a region; undefined where the region's partition publishes no console's address. */
export function consoleOf(region: string): ConsolePages | undefined {
  const domain = DOMAINS[partitionOf(region)];
  if (domain === undefined) return undefined;
  const host = [region, 'console', domain].join('.');
  return (page, place) => `https://${host}/${page}/home?region=${region}#${place}`;
}

/** An execution in the console. The path is the one the console shows; AWS promises none. */
export const executionLink = (region: string, executionArn: string): string | undefined =>
  consoleOf(region)?.('states', `/v2/executions/details/${executionArn}`);
