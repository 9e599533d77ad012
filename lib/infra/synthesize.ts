import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type EksRebindStackProps, EksRebindStack } from './eks-rebind-stack.ts';

/** A CloudFormation template, as far as one reads it as JSON. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

// By props and place: those that hold functions (a topic, an alarm's action) are equal only to themselves.
const made = new Map<string, Template>();

/** The stack's template as it would be deployed, but for the bundle, which is not built. Made once for the same props and place. */
export function synthesize(
  props: EksRebindStackProps,
  env: { readonly account: string; readonly region: string },
): Template {
  const isPlain = props.notificationTopic === undefined && props.alarmActions === undefined;
  const key = JSON.stringify([{ ...props, sweepSchedule: props.sweepSchedule?.expressionString }, env]);
  const known = isPlain ? made.get(key) : undefined;
  if (known) return known;
  const outdir = mkdtempSync(join(tmpdir(), 'eks-rebind-'));
  try {
    const app = new App({
      outdir,
      context: { 'aws:cdk:bundling-stacks': [] },
      // They take four of five seconds: `npm run synth` validates.
      builtinCloudFormationValidation: false,
      treeMetadata: false,
    });
    const { stackName } = new EksRebindStack(app, 'EksRebind', { ...props, env });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- CDK's own output, which it types as any
    const template = app.synth().getStackByName(stackName).template as Template;
    if (isPlain) made.set(key, template);
    return template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
