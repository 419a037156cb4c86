import { t } from '../language/t.ts';
import './api.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { send } from '../api.ts';
import { FindField } from '../parts/FindField.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Mark } from '../parts/Mark.tsx';
import { Operation, type OperationDocument } from '../parts/reference/Operation.tsx';
import { type JsonSchema, resolver } from '../parts/reference/schema.ts';

interface OpenApi {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, OperationDocument>>;
  components?: { schemas?: Record<string, JsonSchema> };
}

/** The server's own description of its endpoints, readable; made from the contracts that it checks requests with. */
export default function Api() {
  const document_ = useQuery({
    queryKey: ['openapi'],
    queryFn: () => send('/api/openapi.json', 'get') as Promise<OpenApi>,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    document.title = t('API reference · Equipoise');
  }, []);
  return (
    <>
      <header className="reference-top">
        <Link to="/" className="brand">
          <Mark />
          Equipoise
        </Link>
        <a className="btn sm" href="/api/openapi.json" download="equipoise.openapi.json">
          {t('OpenAPI document')}
        </a>
      </header>
      <main id="main" className="reference" tabIndex={-1}>
        <Loaded of={document_} label={t('the reference')} rows={14}>
          {(openApi) => <Reference openApi={openApi} />}
        </Loaded>
      </main>
    </>
  );
}

function Reference({ openApi }: { openApi: OpenApi }) {
  const [find, setFind] = useState<string>();
  const resolve = resolver(openApi.components?.schemas ?? {});
  const all = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const wanted = (find ?? '').toLowerCase();
  const shown = all.filter(({ path, operation }) =>
    `${path} ${operation.summary} ${operation.operationId}`.toLowerCase().includes(wanted),
  );
  const tags = [...new Set(shown.map(({ operation }) => operation.tags[0] ?? 'other'))];
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('API reference')}</h1>
          <p>
            {t('{shown} of {all} endpoints, version {version}', {
              shown: shown.length,
              all: all.length,
              version: openApi.info.version,
            })}
          </p>
        </div>
        <div className="acts">
          <FindField label={t('Find an endpoint')} value={find} onChange={setFind} />
        </div>
      </div>
      {openApi.info.description && <p className="note lead">{openApi.info.description}</p>}
      <div className="stack">
        {tags.map((tag) => (
          <section key={tag} className="card" aria-labelledby={`tag-${tag}`}>
            <header>
              <h2 id={`tag-${tag}`}>{tag.charAt(0).toUpperCase() + tag.slice(1)}</h2>
            </header>
            <div className="operations">
              {shown
                .filter(({ operation }) => (operation.tags[0] ?? 'other') === tag)
                .map((one) => (
                  <Operation key={`${one.method} ${one.path}`} {...one} resolve={resolve} />
                ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}
