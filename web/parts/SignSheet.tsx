import { LanguageSwitch } from '../language/LanguageSwitch.tsx';
import '../pages/sign-in.css';
import { type ReactNode, useEffect } from 'react';
import { Mark } from './Mark.tsx';

/** The quiet page of those who aren't in yet. */
export function SignSheet({
  title,
  footer,
  children,
}: {
  title: string;
  footer: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Equipoise`;
  }, [title]);
  return (
    <div className="sign-sheet alone">
      <div className="sign">
        <header className="brand">
          <Mark />
          Equipoise
        </header>
        <main id="main">
          <h1>{title}</h1>
          {children}
        </main>
        <footer className="small mute row">
          <span className="grow">{footer}</span>
          <LanguageSwitch />
        </footer>
      </div>
    </div>
  );
}

/** The token of a one-time link: it stands after the #, which no server is sent. */
export const tokenOfLink = (): string => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
