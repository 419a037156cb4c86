import {
  IconCheck,
  IconChevronRight,
  IconCloudX,
  IconHelp,
  IconLoader,
  IconSearch,
} from '@tabler/icons-react';
import { Link, useMatches } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { useDurable, useKeptWork } from '../offline/OutboxProvider.tsx';
import { keptLine } from '../offline/words.ts';
import { useSessionStudy, useStudyId, useStudyView } from '../session.ts';
import { clock } from '../time.ts';
import { instrumentShort, visitLabel } from './naming.ts';
import { pages } from './navigation.ts';
import { type SavedState, useSaved } from './saved.ts';
import { useShellDialog } from './shellDialogs.ts';

/** Where I am, search, what the data are, what is saved, help. */
export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const study = useSessionStudy();
  return (
    <section className="top" aria-label={t('Top bar')}>
      <Crumbs />
      <Saved className="only-phone" />
      <button
        type="button"
        className="search"
        onClick={onSearch}
        aria-label={t('Find a participant or page')}
      >
        <IconSearch className="ic" aria-hidden />
        <span>{t('Find a participant or page')}</span>
        <kbd aria-hidden>/</kbd>
      </button>
      {study?.synthetic && <span className="tag dash only-wide">{t('Synthetic data')}</span>}
      <Saved className="only-wide" />
      <button
        type="button"
        className="btn quiet sm icon only-wide"
        onClick={onHelp}
        aria-label={t('Help and keyboard list')}
      >
        <IconHelp className="ic" aria-hidden />
      </button>
    </section>
  );
}

function Crumbs() {
  const study = useStudyId();
  const view = useStudyView();
  const match = useMatches().at(-1);
  const { participant, visit, instrument } = (match?.params ?? {}) as Record<string, string | undefined>;
  const title = match?.staticData.title ?? '';
  const page = pages.find((candidate) => candidate.title === title);
  const deep = participant !== undefined && page !== undefined;
  return (
    <nav className="crumb" aria-label={t('Breadcrumb')}>
      <ol>
        {deep ? (
          <li className="only-wide">
            <Link to={`/s/$study/${page.path}`} params={{ study }}>
              {title}
            </Link>
            <IconChevronRight className="ic" aria-hidden />
          </li>
        ) : (
          <li aria-current="page">{title}</li>
        )}
        {deep && instrument === undefined && (
          <li aria-current="page" className="code">
            {participant}
          </li>
        )}
        {deep && visit !== undefined && instrument !== undefined && (
          <>
            <li>
              <Link to="/s/$study/participants/$participant" params={{ study, participant }} className="code">
                {participant}
              </Link>
              <IconChevronRight className="ic" aria-hidden />
            </li>
            <li className="only-wide">
              {visitLabel(view, visit)}
              <IconChevronRight className="ic" aria-hidden />
            </li>
            <li aria-current="page">{instrumentShort(view, instrument)}</li>
          </>
        )}
      </ol>
    </nav>
  );
}

const words: Record<SavedState['kind'], string> = {
  saved: t('All saved'),
  saving: t('Saving'),
  device: t('Saved on this device'),
  failed: t('Not saved'),
};

/** What was reported last, unless the device says otherwise: another page or another person may have left it so. */
function standing(reported: SavedState['kind'], kept: number): SavedState['kind'] {
  if (kept > 0) return reported === 'saving' ? 'saving' : 'device';
  return reported === 'device' ? 'saved' : reported;
}

/** Where the last change is, and how much is on this device only; opens the list of it. */
function Saved({ className }: { className: string }) {
  const last = useSaved();
  const kept = useKeptWork();
  const kind = standing(last.kind, kept.length);
  const line = keptLine(kept);
  const durable = useDurable();
  const show = useShellDialog();
  const calm = line === null && (kind === 'saved' || kind === 'saving');
  const Icon = !calm ? IconCloudX : kind === 'saved' ? IconCheck : IconLoader;
  const said = !durable && kind === 'device' ? t('On this page only') : (line ?? words[kind]);
  return (
    <span className={className} role="status">
      <button
        type="button"
        className={`st small nowrap saved ${calm ? 'mute' : 'wrn'}`}
        data-kept={line !== null || !durable || undefined}
        onClick={() => show('kept')}
      >
        <Icon className="ic" aria-hidden />
        {said} {line !== null || kind === 'saving' ? '' : clock(last.at)}
      </button>
    </span>
  );
}
