import { type RefObject, useEffect, useState } from 'react';

/**
 * Takes whoever tried to go on to the first field that is wrong, which can be out of sight.
 * @returns to be called when the form was pressed and not sent
 */
export function useFirstWrong(form: RefObject<HTMLFormElement | null>): () => void {
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (tries === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    const field = wrong?.matches('fieldset') ? wrong.querySelector<HTMLElement>('input') : wrong;
    field?.focus();
  }, [form, tries]);
  return () => setTries((before) => before + 1);
}
