import { type Input, takeFile } from '../api.ts';

type Endpoint = Parameters<typeof takeFile>[0];

/** Has the browser keep a file that the server makes. Throws `Refused` or `Unreachable`. */
export async function keepFile<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  fallback: string,
): Promise<void> {
  const { file, name } = await takeFile(endpoint, input);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name ?? fallback;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
