import { createContext, useContext } from 'react';

export type ShellDialog = 'help' | 'search' | 'password' | 'kept';

/** Opens one of the shell's dialogs; a menu that closes can't hold its own. */
export const ShellDialogs = createContext<(dialog: ShellDialog) => void>(() => undefined);
export const useShellDialog = (): ((dialog: ShellDialog) => void) => useContext(ShellDialogs);
