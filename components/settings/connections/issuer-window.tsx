'use client';

import { IssuerDialog } from './issuer-dialog';
import { RemoveIssuer, RemoveSubject } from './remove-issuer';
import { SubjectDialog } from './subject-dialog';
import type { IssuerQuestion } from './questions';

/** The window for what is asked about an issuer. */
export function IssuerWindow({
  question,
  onClose,
}: {
  question: IssuerQuestion;
  onClose: () => void;
}) {
  switch (question.ask) {
    case 'add':
      return <IssuerDialog onClose={onClose} />;
    case 'change':
      return <IssuerDialog issuer={question.issuer} onClose={onClose} />;
    case 'bind':
      return <SubjectDialog issuer={question.issuer} onClose={onClose} />;
    case 'remove':
      return <RemoveIssuer issuer={question.issuer} onClose={onClose} />;
    case 'unbind':
      return (
        <RemoveSubject issuer={question.issuer} subjectId={question.subjectId} onClose={onClose} />
      );
  }
}
