import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { useSessionStudy } from '../session.ts';
import { Dock } from './Dock.tsx';
import { useFocusKeeper } from './focusKeeper.ts';
import { useKeys } from './keys.ts';
import { Late } from './Late.tsx';
import { NotFound } from './NotFound.tsx';
import { NotYours } from './NotYours.tsx';
import { pages } from './navigation.ts';
import { Sidebar } from './Sidebar.tsx';
import { Silence } from './Silence.tsx';
import { type ShellDialog, ShellDialogs } from './shellDialogs.ts';
import { TopBar } from './TopBar.tsx';
import { useOffered } from './useOffered.ts';

const HelpDialog = lazy(() => import('./HelpDialog.tsx'));
const ChangePassword = lazy(() => import('./dialogs/ChangePassword.tsx'));
const KeptDialog = lazy(() => import('../offline/KeptDialog.tsx'));
const SearchDialog = lazy(() => import('./SearchDialog.tsx'));

/** The frame of every page of a study: who I am, where I am, what is saved. */
export function Shell() {
  const study = useSessionStudy();
  const [open, setOpen] = useState<ShellDialog | null>(null);
  const main = useRef<HTMLElement>(null);
  useKeys({
    '?': () => setOpen('help'),
    '/': (event) => {
      event.preventDefault();
      setOpen('search');
    },
  });
  const allowed = usePageAllowed();
  useFocusOnNewPage(main);
  useFocusKeeper();
  useWindowTitle();
  if (study === undefined) {
    return (
      <main id="main">
        <NotFound />
      </main>
    );
  }
  return (
    <ShellDialogs value={setOpen}>
      <div className="app">
        <a className="skip" href="#main">
          {t('Skip to the page')}
        </a>
        <Sidebar />
        <div>
          <TopBar onSearch={() => setOpen('search')} onHelp={() => setOpen('help')} />
          <Silence />
          <main id="main" ref={main} tabIndex={-1}>
            <Suspense fallback={<Late label={t('Loading the page')} />}>
              {allowed ? <Outlet /> : <NotYours />}
            </Suspense>
          </main>
        </div>
        <Dock />
        <Suspense>
          {open === 'help' && <HelpDialog onClose={() => setOpen(null)} />}
          {open === 'search' && <SearchDialog onClose={() => setOpen(null)} />}
          {open === 'kept' && <KeptDialog onClose={() => setOpen(null)} />}
          {open === 'password' && <ChangePassword onClose={() => setOpen(null)} />}
        </Suspense>
      </div>
    </ShellDialogs>
  );
}

/** The page that the browser opened by itself: there the browser says where the keyboard starts. */
let opened: string | null = window.location.pathname;

/** Moves the focus to a page that was gone to, so that a screen reader and the keyboard start there. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    if (path === undefined) return;
    if (path !== opened) main.current?.focus({ preventScroll: true });
    opened = null;
  }, [path, main]);
}

function useWindowTitle(): void {
  const match = useMatches().at(-1);
  const { participant } = (match?.params ?? {}) as { participant?: string };
  const title = [participant, match?.staticData.title, 'Equipoise'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** Whether the role has the page of the address. The server would refuse its data; the page says so before. */
function usePageAllowed(): boolean {
  const offered = useOffered();
  const title = useMatches().at(-1)?.staticData.title;
  const page = pages.find((candidate) => candidate.title === title);
  return page === undefined || offered.includes(page);
}
