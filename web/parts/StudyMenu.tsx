import { IconChevronDown } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { useSession, useSessionStudy, useStudyView } from '../session.ts';
import { MenuLater } from './MenuLater.tsx';
import { soon } from './soon.ts';

const StudyDropdown = soon(() => import('./menus/StudyDropdown.tsx'));

/** The study in hand, and the way to the person's other studies. */
export function StudyMenu() {
  const { studies } = useSession();
  const study = useSessionStudy();
  const translated = useStudyView()?.document.short;
  if (study === undefined) return null;
  const short = translated ?? study.short;
  const face = (
    <span className="grow">
      <b>{short}</b>
      <span>{t('{code} · protocol v{version}', { code: study.code, version: study.version })}</span>
    </span>
  );
  if (studies.length < 2) return <div className="study still">{face}</div>;
  return (
    <MenuLater
      menu={StudyDropdown}
      target={
        <button type="button" className="study">
          {face}
          <IconChevronDown className="ic" aria-hidden />
          <span className="vh">{t('Change study')}</span>
        </button>
      }
    />
  );
}
