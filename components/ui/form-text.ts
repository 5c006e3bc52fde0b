/** The text of a form field, without white space around it unless `exact`; a missing field is empty. */
export function formText(fields: FormData, name: string, exact = false): string {
  const value = fields.get(name);
  if (typeof value !== 'string') return '';
  return exact ? value : value.trim();
}
