import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** Who did what: only auditors open it. */
export const AuditPart = lazyPart(
  async () => (await import('./audit/audit-page.tsx')).AuditPage,
  <Skeleton rows={8} />,
)
