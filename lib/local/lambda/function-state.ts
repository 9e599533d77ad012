import type { Deployment, FunctionDefinition, PolicyStatement } from '../deployment.ts';

/** A deployed function. */
export interface DeployedFunction {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly lastModified: number;
  readonly definition: FunctionDefinition;
  /** What Lambda sets in its environment, the key of its role among it. */
  readonly reservedEnvironment: Readonly<Record<string, string>>;
}

/** The functions of every account and region. */
export interface FunctionState {
  put(deployed: DeployedFunction): void;
  /** By ARN, or by name where no two have it. */
  find(nameOrArn: string): DeployedFunction | undefined;
  /** By name, as ListFunctions answers them. */
  of(accountId: string, region: string): readonly DeployedFunction[];
  all(): readonly DeployedFunction[];
}

/** No functions yet. */
export function createFunctionState(): FunctionState {
  const byArn = new Map<string, DeployedFunction>();
  return {
    put: (deployed) => void byArn.set(deployed.arn, deployed),
    find(nameOrArn) {
      const known = byArn.get(nameOrArn);
      const [named, ...others] = [...byArn.values()].filter(({ name }) => name === nameOrArn);
      return known ?? (others.length === 0 ? named : undefined);
    },
    all: () => [...byArn.values()],
    of: (accountId, region) =>
      [...byArn.values()]
        .filter((one) => one.accountId === accountId && one.region === region)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

/** Keys for the functions' roles. */
export interface KeyIssuer {
  issue(holder: {
    readonly arn: string;
    readonly sessionName?: string;
    readonly statements?: readonly PolicyStatement[];
    readonly knownAs?: string;
  }): {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** A deployment's functions, each with a key of its own role that is allowed what the function's statements say and nothing else. */
export function deployedFunctions(deployment: Deployment, keys: KeyIssuer, now: number): DeployedFunction[] {
  const { accountId, partition, region } = deployment;
  return Object.entries(deployment.functions).map(([name, definition]) => {
    // Our own roles have a path of their own, which the trust guard refuses to touch.
    const roleArn = definition.roleArn ?? `arn:${partition}:iam::${accountId}:role/eks-rebind/${name}`;
    const key = keys.issue({ arn: roleArn, sessionName: name, knownAs: name, statements: definition.statements });
    return {
      accountId,
      partition,
      region,
      name,
      arn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
      roleArn,
      lastModified: now,
      definition,
      reservedEnvironment: {
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
        ...(key.sessionToken && { AWS_SESSION_TOKEN: key.sessionToken }),
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      },
    };
  });
}
