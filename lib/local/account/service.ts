import type { LocalService } from '../call.ts';
import { listRegions } from './list-regions.ts';

/** Account Management: which regions an account has. */
export function createAccount(): { service: LocalService } {
  return { service: { signingName: 'account', operations: { ListRegions: listRegions } } };
}
