import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconKey,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { saveLanguage } from '../../account/saveLanguage.ts';
import { type Language, language, languages } from '../../language/language.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { useShellDialog } from '../shellDialogs.ts';
import { useSignOut } from '../useSignOut.ts';

const schemes = [
  { id: 'light', label: t('Light'), icon: IconSun },
  { id: 'dark', label: t('Dark'), icon: IconMoon },
  { id: 'auto', label: t('As the device'), icon: IconDeviceDesktop },
] as const;

/** Theme, help, password, and the way out. */
export function UserChoices() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const show = useShellDialog();
  const navigate = useNavigate();
  const study = useStudyId();
  return (
    <>
      <Menu.RadioGroup value={colorScheme} onChange={(next) => setColorScheme(next as MantineColorScheme)}>
        {schemes.map(({ id, label, icon: Icon }) => (
          <Menu.RadioItem key={id} value={id} rightSection={<Icon className="ic" aria-hidden />}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.RadioGroup value={language} onChange={(next) => void saveLanguage(next as Language)}>
        {Object.entries(languages).map(([id, label]) => (
          <Menu.RadioItem key={id} value={id} lang={id}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconUserCircle className="ic" aria-hidden />}
        onClick={() => void navigate({ to: '/s/$study/account', params: { study } })}
      >
        {t('Your account')}
      </Menu.Item>
      <Menu.Item leftSection={<IconKeyboard className="ic" aria-hidden />} onClick={() => show('help')}>
        {t('Keys and help')}
      </Menu.Item>
      <Menu.Item leftSection={<IconKey className="ic" aria-hidden />} onClick={() => show('password')}>
        {t('Change password')}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout className="ic" aria-hidden />} onClick={signOut}>
        {t('Sign out')}
      </Menu.Item>
    </>
  );
}
