import { describe, expect, it } from 'vitest';
import { PERSON_ROLES } from '@/lib/contracts';
import { isOnlyReviewer } from './only-reviewer';

const member = (
  id: string,
  role: (typeof PERSON_ROLES)[number],
  disabledAt: string | null = null,
) => ({ id, role, disabledAt }) as const;
const me = member('me', 'admin');

describe('the only reviewer', () => {
  it('is alone until somebody comes whose role may decide', () => {
    expect(isOnlyReviewer([me], 'me')).toBe(true);
    const stillAlone = PERSON_ROLES.filter((role) =>
      isOnlyReviewer([me, member('other', role)], 'me'),
    );
    expect(stillAlone).toEqual(['viewer']);
  });

  it('stays alone beside somebody who was shut out', () => {
    expect(isOnlyReviewer([me, member('other', 'admin', '2026-11-20T12:00:00.000Z')], 'me')).toBe(
      true,
    );
  });

  it('is not somebody who may not decide', () => {
    expect(isOnlyReviewer([member('me', 'viewer'), member('other', 'admin')], 'me')).toBe(false);
  });
});
