import { sql } from '@/lib/db';

export interface NamedWorkspace {
  readonly id: string;
  readonly slug: string;
}

/**
 * The workspace with a slug, or all of them.
 *
 * @throws Error in words for the command line when there is none with that slug
 */
export async function findWorkspaces(slug: string | undefined): Promise<NamedWorkspace[]> {
  const found = await sql<NamedWorkspace>(
    'SELECT id, slug FROM workspaces WHERE slug = COALESCE($1, slug) ORDER BY slug',
    [slug ?? null],
  );
  if (slug === undefined || found.length > 0) return found;
  const all = await sql<{ slug: string }>('SELECT slug FROM workspaces ORDER BY slug');
  const hint =
    all.length === 0
      ? 'The database is new: start Belay once first.'
      : `There are: ${all.map((workspace) => workspace.slug).join(', ')}.`;
  throw new Error(`There is no workspace ${slug}. ${hint}`);
}
