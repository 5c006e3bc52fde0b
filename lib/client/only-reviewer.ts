'use client';

import { useQuery } from '@tanstack/react-query';
import type { Person } from '@/lib/contracts';
import { peopleQuery } from './people-query';
import { useSession } from './session';

type Member = Pick<Person, 'id' | 'role' | 'disabledAt'>;

/** Whether nobody but this person may decide approvals: a viewer and a disabled person may not. */
export function isOnlyReviewer(people: readonly Member[], personId: string): boolean {
  const reviewers = people.filter(({ role, disabledAt }) => role !== 'viewer' && !disabledAt);
  return reviewers.length === 1 && reviewers[0]?.id === personId;
}

/** The same for the person who looks; false until the people are known. */
export function useOnlyReviewer(): boolean {
  const { person, workspace } = useSession();
  const people = useQuery(peopleQuery(workspace.slug)).data?.items;
  return people !== undefined && isOnlyReviewer(people, person.id);
}
