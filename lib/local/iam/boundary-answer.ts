import type { AttachedPermissionsBoundary, PermissionsBoundaryAttachmentType } from '@aws-sdk/client-iam';

/** A permissions boundary as answers show it, where there is one. */
export function boundaryAnswer(arn: string | undefined): { PermissionsBoundary?: AttachedPermissionsBoundary } {
  if (arn === undefined) return {};
  // IAM answers `Policy` (IAM API reference, GetRole, example); the model's enumeration says otherwise.
  const type: string = 'Policy';
  return {
    PermissionsBoundary: {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the model is wrong, see above
      PermissionsBoundaryType: type as PermissionsBoundaryAttachmentType,
      PermissionsBoundaryArn: arn,
    },
  };
}
