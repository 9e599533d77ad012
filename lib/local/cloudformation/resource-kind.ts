import type { Draft } from './draft.ts';
import type { KnownMembers, Properties } from './properties.ts';
import type { DeployedWhere } from './pseudo-parameters.ts';

/** What a resource is called, and what others get who refer to it. */
export interface Identity {
  readonly name: string;
  /** What `Ref` gives. @default it can't be referred to */
  readonly ref?: string;
  /** What `Fn::GetAtt` gives, by attribute. @default nothing */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A resource that is asked for its identity, before anything else of it is read. */
export interface Unnamed {
  readonly where: DeployedWhere;
  /** The name that a property gives, or the stack's name and the logical id. */
  readonly nameFrom: (property: string, longest: number) => string;
  /** A property as text, where it has any. */
  readonly text: (property: string) => string | undefined;
  /** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` */
  readonly arn: (service: string, resource: string) => string;
}

/** A resource with its properties resolved. */
interface NamedResource {
  readonly identity: Identity;
  readonly properties: Properties;
}

/** A type of resource: which properties of it are known, how it is named, and what it becomes. */
export interface ResourceKind extends KnownMembers {
  readonly type: string;
  /** @default it has a name that nobody refers to */
  readonly identify?: (resource: Unnamed) => Identity;
  /** Adds it to the deployment. @default nothing comes of it */
  readonly load?: (resource: NamedResource, draft: Draft) => void;
}
