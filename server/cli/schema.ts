import type { Command } from 'commander';
import { Argument } from 'commander';
import { instrumentSchema, studySchema } from '../studies/schema.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description(
      'Print the JSON Schema of study documents or instrument documents, for editors to complete them.',
    )
    .addArgument(new Argument('[document]', 'which one').choices(['study', 'instrument']).default('study'))
    .action((document: string) => {
      const schema = document === 'study' ? studySchema() : instrumentSchema();
      process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
}
