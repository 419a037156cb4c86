import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { listParticipants } from '../../server/participants/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { siteName } from './naming.ts';
import { statusWord } from './status.ts';
import { useOffered } from './useOffered.ts';

interface Found {
  id: string;
  label: string;
  note: string;
  icon: typeof IconUser;
  code: boolean;
  go: () => void;
}

/** Finds participants by part of their ID, and pages by name; arrows choose, Enter opens. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={520}
      centered={false}
      yOffset="10vh"
      title={t('Find a participant or page')}
      classNames={{ header: 'vh' }}
    >
      <Finder onClose={onClose} />
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const { found, waiting } = useFound(text.trim(), onClose);
  const chosen = Math.min(at, found.length - 1);
  const press = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') found[chosen]?.go();
    else return;
    event.preventDefault();
  };
  return (
    <div className="finder">
      <input
        className="inp lg"
        data-autofocus
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-activedescendant={found[chosen] ? `${list}-${found[chosen].id}` : undefined}
        aria-label={t('Participant ID or page')}
        placeholder={t('Participant ID or page')}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="finder-list" role="listbox" id={list} aria-label={t('Found')}>
        {found.map(({ id, label, note, icon: Icon, code, go }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys of its list
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field above
          <div
            key={id}
            id={`${list}-${id}`}
            role="option"
            aria-selected={index === chosen}
            onClick={go}
            onPointerMove={() => setAt(index)}
          >
            <Icon className="ic" aria-hidden />
            <span className={code ? 'code' : undefined}>{label}</span>
            <span className="mute small">{note}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="empty" role="status">
          {waiting
            ? t('Looking …')
            : t('Nothing found for “{text}”. A participant ID looks like LOH-0118.', { text })}
        </p>
      )}
    </div>
  );
}

function useFound(text: string, onClose: () => void): { found: Found[]; waiting: boolean } {
  const navigate = useNavigate();
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const pages = useOffered();
  const [asked] = useDebouncedValue(text, 150);
  const people = useEndpoint(
    listParticipants,
    { params: { study }, query: { find: asked.toUpperCase(), page: 1, size: 8 } },
    { enabled: may('participants.read') && asked.length > 0 && asked.length <= 40 },
  );
  const close = (go: Promise<void>) => {
    onClose();
    void go;
  };
  const participants = (text === '' ? [] : (people.data?.rows ?? [])).map(
    ({ code, site, status }): Found => ({
      id: code,
      label: code,
      note: `${siteName(view, site)}, ${statusWord[status].toLowerCase()}`,
      icon: IconUser,
      code: true,
      go: () =>
        close(navigate({ to: '/s/$study/participants/$participant', params: { study, participant: code } })),
    }),
  );
  const named = pages
    .filter((page) => page.title.toLowerCase().includes(text.toLowerCase()))
    .map(
      ({ path, title, icon }): Found => ({
        id: path,
        label: title,
        note: t('Page'),
        icon,
        code: false,
        go: () => close(navigate({ to: `/s/$study/${path}`, params: { study } })),
      }),
    );
  return { found: [...participants, ...named], waiting: people.isFetching || asked !== text };
}
