import type { KeyHolder } from './iam-view.ts';

/**
 * A username or group with its placeholders filled in, as aws-iam-authenticator does (pkg/server/server.go): `{{SessionName}}` is the
 * session's name with `@` as `-`, `{{SessionNameRaw}}` as it is. EC2's private DNS name is made from the instance id, which is
 * the session name of an instance's credentials: here `<session>.internal` stands for it.
 */
export function fillTemplate(template: string, holder: KeyHolder): string {
  const session = holder.sessionName ?? '';
  return template
    .replaceAll('{{AccountID}}', holder.accountId)
    .replaceAll('{{SessionNameRaw}}', session)
    .replaceAll('{{SessionName}}', session.replaceAll('@', '-'))
    .replaceAll('{{EC2PrivateDNSName}}', `${session}.internal`);
}
