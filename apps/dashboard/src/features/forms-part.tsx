import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** The forms of payers, with scripts of their own: only operators open them. */
export const FormListPart = lazyPart(
  async () => (await import('./forms/form-list-page.tsx')).FormListPage,
  <Skeleton rows={6} />,
)
export const FormEditorPart = lazyPart(
  async () => (await import('./forms/form-editor-page.tsx')).FormEditorPage,
  <Skeleton rows={8} />,
)
