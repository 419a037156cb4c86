import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { t } from './language/t.ts';

const small = { root: { '--button-height-sm': '32px', '--button-padding-x-sm': '12px' } };
const input = { wrapper: { '--input-height-sm': '32px' } };

/** Mantine in the tokens of `styles/tokens.css`: ink on white with one accent, pine. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: {
    pine: [
      '#E7F2EE',
      '#D3E8E0',
      '#B4D6CA',
      '#8ADBC2',
      '#6CCBAE',
      '#3E9C80',
      '#237B63',
      '#14614F',
      '#0E4C3E',
      '#093A2F',
    ],
    gray: [
      '#F6F7F8',
      '#EFF1F4',
      '#E4E7EB',
      '#CBD1D8',
      '#AEB6C0',
      '#7E8995',
      '#5C6875',
      '#46515E',
      '#2F3945',
      '#1B2430',
    ],
    dark: [
      '#EDF0F3',
      '#BCC5CE',
      '#9AA5B1',
      '#737F8C',
      '#3A444F',
      '#262D36',
      '#1B2128',
      '#14181D',
      '#101419',
      '#0E1216',
    ],
  },
  fontFamily: '"Inter Variable", Inter, "Segoe UI", system-ui, Arial, sans-serif',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '.875rem', lineHeight: '1.43' },
    },
  },
  fontSizes: { xs: '.75rem', sm: '.8125rem', md: '.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' }, vars: () => small },
    Input: { vars: () => input },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        padding: 'lg',
        centered: true,
        closeButtonProps: { 'aria-label': t('Close') },
        transitionProps: { duration: 180 },
      },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        radius: 'md',
        transitionProps: { duration: 120 },
        withInitialFocusPlaceholder: false,
      },
      // On a phone a menu of all pages is longer than the screen above its bar.
      styles: { dropdown: { maxHeight: 'calc(100dvh - 84px)', overflowY: 'auto' } },
    },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});

const roles = (scheme: 'light' | 'dark') => ({
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': scheme === 'light' ? '#FFFFFF' : '#08211A',
});

export const resolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-shadow-md': 'var(--shadow)', '--mantine-shadow-xl': 'var(--shadow)' },
  light: roles('light'),
  dark: roles('dark'),
});
