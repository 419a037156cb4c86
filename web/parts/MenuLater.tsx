import { type ComponentType, cloneElement, type ReactElement, Suspense, useState } from 'react';

export interface OpenedBy {
  /** The button that opens the menu. */
  target: ReactElement<{ onClick?: () => void }>;
  /** Whether it was pressed before the menu's code was there. */
  opened: boolean;
}

/** A button at once, and its menu when its code has come. */
export function MenuLater({
  target,
  menu: Menu,
}: Pick<OpenedBy, 'target'> & { menu: ComponentType<OpenedBy> }) {
  const [opened, setOpened] = useState(false);
  return (
    <Suspense fallback={cloneElement(target, { onClick: () => setOpened(true) })}>
      <Menu target={target} opened={opened} />
    </Suspense>
  );
}
