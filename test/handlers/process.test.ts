import { expect, test, vi } from 'vitest';
import { handler } from '../../handlers/find-entries.ts';
import { environmentOf, settingsFrom } from '../../lib/core/settings.ts';

test('in a real process a step without a ledger fails closed', async () => {
  const settings = environmentOf(settingsFrom({ EKS_REBIND_REGIONS: 'eu-west-1' }));
  for (const [variable, value] of Object.entries(settings)) vi.stubEnv(variable, value);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('EKS_REBIND_ACCOUNT_ID', '111122223333');
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const principal = { partition: 'aws', accountId: '111122223333', kind: 'role', name: 'nodes' };
  const place = { accountId: '111122223333', region: 'eu-west-1' };
  const input = { schemaVersion: 1, place, principal, now: '2026-03-01T12:00:00Z' };
  try {
    await expect(handler(input, { awsRequestId: 'request-1' })).rejects.toMatchObject({ name: 'LedgerNotConfigured' });
    expect(write).toHaveBeenCalledOnce();
  } finally {
    vi.unstubAllEnvs();
    write.mockRestore();
  }
});
