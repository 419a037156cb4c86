import type { Command } from 'commander';
import { accessMatrix } from '../access/words.rules.ts';
import { notFound } from '../errors.ts';
import { roleName } from '../studies/document.ts';
import { currentStudy } from '../studies/store.ts';
import { withServices } from './withServices.ts';

export function accessCommand(program: Command): void {
  program
    .command('access')
    .description('Print who may do what in a study: the access matrix that the server itself goes by.')
    .argument('<study>', 'the study')
    .action((id: string) =>
      withServices(async (services) => {
        const study = await currentStudy(services.db.read, id);
        if (!study) throw notFound(`The study “${id}”`);
        const { document, version } = study;
        const { blinded } = document.masking;
        const groups = accessMatrix();
        const wide = Math.max(...groups.flatMap(({ rows }) => rows.map(({ words }) => words.length))) + 2;
        const heads = roleName.options.map((role) => (blinded.includes(role) ? `${role}*` : role));
        const lines = [
          `${document.short} (${document.code}), protocol version ${version}`,
          '',
          `${''.padEnd(wide)}${heads.join('  ')}`,
        ];
        for (const { title, rows } of groups) {
          lines.push(title);
          for (const { words, roles } of rows)
            lines.push(
              `${words.padEnd(wide)}${roleName.options
                .map((role, index) => (roles.includes(role) ? 'yes' : '–').padEnd(heads[index]!.length))
                .join('  ')
                .trimEnd()}`,
            );
        }
        lines.push(
          '',
          blinded.length > 0 ? '* blinded in this study: gets no arm in any form' : 'No role is blinded.',
        );
        process.stdout.write(`${lines.join('\n')}\n`);
      }),
    );
}
