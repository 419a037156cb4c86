import { useState } from 'react';
import { AskUnblinding } from './AskUnblinding.tsx';
import { OpenUnblinding } from './OpenUnblinding.tsx';
import { type Opened, ShowArm } from './ShowArm.tsx';

/**
 * Emergency unblinding: first a reason on record, then a second dialog, then the arm of this one participant. It lives
 * in this dialog alone; closing it takes it off the screen.
 */
export default function Unblind({ participant, onClose }: { participant: string; onClose: () => void }) {
  const [request, setRequest] = useState<{ id: string; expiresAt: string; reason: string } | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  if (opened) return <ShowArm opened={opened} onClose={onClose} />;
  if (request)
    return (
      <OpenUnblinding participant={participant} request={request} onOpened={setOpened} onClose={onClose} />
    );
  return <AskUnblinding participant={participant} onAsked={setRequest} onClose={onClose} />;
}
