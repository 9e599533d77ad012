/** An instance profile: the envelope in which EC2 hands a role to an instance. */
export interface InstanceProfile {
  readonly partition: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `AIPA…` */
  readonly uniqueId: string;
  readonly createDate: number;
  readonly tags: Readonly<Record<string, string>>;
  /** At most one. */
  readonly roleName?: string | undefined;
}

/** Every account's instance profiles; names compare case-insensitively. */
export interface InstanceProfileState {
  find(accountId: string, name: string): InstanceProfile | undefined;
  holding(accountId: string, roleName: string): readonly InstanceProfile[];
  put(profile: InstanceProfile): void;
  remove(accountId: string, name: string): void;
}

const key = (accountId: string, name: string) => `${accountId}/${name.toLowerCase()}`;

/** Instance profiles have one view: nothing in this project reads them late. */
export function instanceProfileState(): InstanceProfileState {
  const profiles = new Map<string, InstanceProfile>();
  return {
    find: (accountId, name) => profiles.get(key(accountId, name)),
    holding: (accountId, roleName) =>
      [...profiles.values()].filter(
        (profile) => profile.accountId === accountId && profile.roleName?.toLowerCase() === roleName.toLowerCase(),
      ),
    put: (profile) => void profiles.set(key(profile.accountId, profile.name), profile),
    remove: (accountId, name) => void profiles.delete(key(accountId, name)),
  };
}
