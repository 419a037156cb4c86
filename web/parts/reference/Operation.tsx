import { rich } from '../../language/rich.ts';
import { t } from '../../language/t.ts';
import { fieldsOf, type JsonSchema, type resolver, typeOf } from './schema.ts';

export interface OperationDocument {
  operationId: string;
  summary: string;
  tags: string[];
  'x-access'?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>;
}

interface Props {
  method: string;
  path: string;
  operation: OperationDocument;
  resolve: ReturnType<typeof resolver>;
}

/** One endpoint: its address, who may call it, what it takes and what it gives. */
export function Operation({ method, path, operation, resolve }: Props) {
  const body = operation.requestBody?.content['application/json']?.schema;
  const reply = operation.responses['200']?.content;
  const json = reply?.['application/json']?.schema;
  const other = Object.keys(reply ?? {}).find(
    (type) => type !== 'application/json' || json?.type === 'string',
  );
  return (
    <details className="operation">
      <summary>
        <span className={`method ${method}`}>{method.toUpperCase()}</span>
        <code className="mono">{path}</code>
        <span className="mute small">{operation.summary}</span>
      </summary>
      <div className="stack">
        <p className="small mute">
          {rich('{access} Operation <mono>{operationId}</mono>.', {
            access: access(operation['x-access']),
            operationId: operation.operationId,
          })}
        </p>
        {operation.parameters && operation.parameters.length > 0 && (
          <Fields
            title={t('Parameters')}
            rows={operation.parameters.map((one) => ({
              name: one.name,
              depth: 0,
              type: t('{type}, in the {place}', { type: typeOf(one.schema, resolve), place: one.in }),
              required: one.required ?? false,
              about: one.description ?? one.schema.description ?? '',
            }))}
          />
        )}
        {body && <Fields title={t('Body')} rows={fieldsOf(body, resolve)} />}
        {json && !other && <Fields title={t('Reply')} rows={fieldsOf(json, resolve)} reply />}
        {other && <p className="small">{rich('Replies with a file: <mono>{other}</mono>', { other })}</p>}
      </div>
    </details>
  );
}

function access(action: string | undefined): string {
  if (action === 'public') return t('Anyone may call it.');
  if (action === 'signed-in' || action === undefined) return t('Anyone who is signed in may call it.');
  return t('Needs a role that may do {action}.', { action });
}

function Fields({
  title,
  rows,
  reply = false,
}: {
  title: string;
  rows: ReturnType<typeof fieldsOf>;
  reply?: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <table className="table dense fields">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Name')}</th>
          <th scope="col">{t('Type')}</th>
          <th scope="col">{t('About')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names repeat in it
          <tr key={index}>
            <td className="nowrap">
              <span className={`depth-${row.depth}`}>
                <code className="mono">{row.name}</code>
                {!row.required && !reply && <span className="small mute"> {t('optional')}</span>}
              </span>
            </td>
            <td>{row.type}</td>
            <td className="ink2">{row.about}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
