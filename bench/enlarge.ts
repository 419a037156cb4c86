import type { Place } from '../test/setup/demonstration.ts';

const COPIED = 134;

/** Copies the demonstration's randomised participants with their forms until there are `participants` of them. */
export async function enlarge({ services }: Place, participants: number): Promise<void> {
  await services.db.write(async (tx) => {
    const originals = await tx
      .selectFrom('participant')
      .innerJoin('allocation', 'allocation.participant_id', 'participant.id')
      .selectAll('participant')
      .select([
        'allocation.arm',
        'allocation.stratum',
        'allocation.entry',
        'allocation.allocated_at',
        'allocation.number',
      ])
      .orderBy('allocation.number')
      .limit(COPIED)
      .execute();
    const forms = await tx.selectFrom('form').selectAll().execute();
    for (let copy = 1; copy * COPIED < participants; copy += 1) {
      const wanted = originals.slice(0, participants - copy * COPIED);
      const id = (original: string): string => `${original}-${copy}`;
      await tx
        .insertInto('participant')
        .values(
          wanted.map(({ arm: _, stratum: __, entry: ___, allocated_at: ____, number: _____, ...row }) => ({
            ...row,
            id: id(row.id),
            code: `${row.code.slice(0, 4)}${10_000 + copy * 200 + Number(row.code.slice(4))}`,
          })),
        )
        .execute();
      await tx
        .insertInto('allocation')
        .values(
          wanted.map((row) => ({
            study_id: row.study_id,
            number: row.number + copy * COPIED,
            participant_id: id(row.id),
            epoch: 1,
            source: 'service' as const,
            stratum: row.stratum,
            arm: row.arm,
            entry: row.entry,
            previous_hash: '',
            hash: '',
            study_version: 3,
            allocated_at: row.allocated_at,
            allocated_by: row.created_by,
          })),
        )
        .execute();
      const chosen = new Set(wanted.map((row) => row.id));
      const copies = forms
        .filter((form) => chosen.has(form.participant_id))
        .map((form) => ({ ...form, id: id(form.id), participant_id: id(form.participant_id) }));
      for (let start = 0; start < copies.length; start += 1000)
        await tx
          .insertInto('form')
          .values(copies.slice(start, start + 1000))
          .execute();
    }
  });
}
