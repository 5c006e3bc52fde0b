import { notFound, redirect } from 'next/navigation';
import { homeWorkspace, requireCurrentLogin } from '@/lib/auth/console-session';
import { PAGE_NAMES } from '@/lib/client/page-names';

export interface PathProps {
  params: Promise<{ workspace: string; rest?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function queryText(values: Record<string, string | string[] | undefined>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    [value].flat().flatMap((one) => (one === undefined ? [] : [[key, one]])),
  );
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

/** Sends a path without a workspace to the person's last one; `page` completes a path that is only a workspace. */
export async function openBarePath(props: PathProps, page?: string): Promise<never> {
  const { workspace, rest = [] } = await props.params;
  const login = await requireCurrentLogin();
  if (PAGE_NAMES.has(workspace)) {
    const home = homeWorkspace(login);
    const path = [home, workspace, ...rest.map(encodeURIComponent)].join('/');
    if (home) redirect(`/${path}${queryText(await props.searchParams)}`);
  }
  const known = login.workspaces.some((candidate) => candidate.slug === workspace);
  if (page && known) redirect(`/${workspace}/${page}`);
  return notFound();
}
