import type { Ledger } from '../../lib/core/ledger.ts';

/** A ledger whose calls run on a virtual clock, whoever awaits them. */
export function ledgerOn(ledger: Ledger, run: <T>(work: () => Promise<T>) => Promise<T>): Ledger {
  return {
    read: (entry) => run(() => ledger.read(entry)),
    write: (record, expected) => run(() => ledger.write(record, expected)),
    ofPrincipal: (principal) => run(() => ledger.ofPrincipal(principal)),
    ofCluster: (cluster) => run(() => ledger.ofCluster(cluster)),
    withOpenJournal: () => run(() => ledger.withOpenJournal()),
    readQuestion: (id) => run(() => ledger.readQuestion(id)),
    writeQuestion: (question, expected) => run(() => ledger.writeQuestion(question, expected)),
  };
}
