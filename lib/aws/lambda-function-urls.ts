import { GetFunctionUrlConfigCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { Clients } from './clients.ts';

/** The URL of a function; undefined where there is no such function, or it has none. */
export async function functionUrlOf(
  clients: Clients,
  functionName: string,
  region: string,
): Promise<string | undefined> {
  try {
    const command = new GetFunctionUrlConfigCommand({ FunctionName: functionName });
    return (await clients.create(LambdaClient, region).send(command)).FunctionUrl;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
