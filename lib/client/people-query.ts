/** The people of a workspace: the same key and the same call wherever they are asked for. */
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { personListSchema } from '@/lib/contracts';
import { apiOf } from './api';
import { peopleKeys } from './query-keys';

export type PersonList = z.infer<typeof personListSchema>;

export const peopleQuery = (workspace: string) =>
  queryOptions({
    queryKey: peopleKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<PersonList>('/api/v1/people', { signal, query: { limit: 200 } }),
  });
