import { IconCalendar, IconCircle, IconCircleHalf2, IconMessage2, IconPhone } from '@tabler/icons-react';
import type { Standing as Words } from './standing.ts';

const icons = {
  query: IconMessage2,
  half: IconCircleHalf2,
  phone: IconPhone,
  calendar: IconCalendar,
  circle: IconCircle,
};

export function Standing({ standing, muted = false }: { standing: Words; muted?: boolean }) {
  const Icon = icons[standing.icon];
  return (
    <span className={muted ? 'st no ink2' : 'st no'}>
      <Icon className="ic" aria-hidden />
      {standing.words}
    </span>
  );
}
