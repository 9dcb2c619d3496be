import type { Answer, Evidence } from '@authscript/prior-auth'
import { Tabs } from '@base-ui/react/tabs'
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ActionBar, type OpenDialog } from './actions/action-bar.tsx'
import { useAttachFiles } from './attachments/use-attach-files.ts'
import { DropHint, useFileDrop } from './attachments/file-drop.tsx'
import { FormLinks, FormPane } from './form/form-pane.tsx'
import { HistoryDrawer } from './history-drawer.tsx'
import { OpenRequest } from './information/open-request.tsx'
import { NotAssessed } from './not-assessed.tsx'
import { OrderHeader } from './order-header.tsx'
import { useQueueSteps } from './queue-steps.tsx'
import { OtherPatientBanner, useOtherPatient } from './other-patient.tsx'
import { ProgressSteps } from './progress/progress-steps.tsx'
import { WriteBackDecision } from './progress/write-back-decision.tsx'
import type { AnswerDraft } from './questions/answer-editor.tsx'
import { evidenceOf, orderQuestions } from './questions/question-order.ts'
import { QuestionsPane } from './questions/questions-pane.tsx'
import { useKeptVersion, useReview } from './review-state.tsx'
import type { SelectedPassage } from './source/document-text.tsx'
import { type ShownPlace, SourcePane } from './source/source-pane.tsx'
import { useTypedText } from './typed-text.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { unsettledAnswers } from './unsettled-answers.ts'

const noAnswers: readonly Answer[] = []

/** The whole page: header, the panes of questions, source and form, and the bar of actions. */
export function ReviewScreen() {
  const { order, isEditable, isClinician, isDraft } = useReview()
  const analysis = order.analysis.outcome === 'assessed' ? order.analysis : undefined
  const answers = analysis?.answers ?? noAnswers
  const questions = useMemo(
    () => (analysis === undefined ? [] : orderQuestions(analysis)),
    [analysis],
  )
  const [chosenId, setChosenId] = useState<string>()
  const selected = questions.find(({ answer }) => answer.criterionId === chosenId) ?? questions[0]
  const selectedId = selected?.answer.criterionId
  const [place, setPlace] = useState<ShownPlace>()
  const [drafts, setDrafts] = useState<Readonly<Record<string, AnswerDraft>>>({})
  const [dialog, setDialog] = useState<OpenDialog>()
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const [noteText, setNoteText] = useState('')
  /** Grows when a key moves the selection: the focus goes with it. */
  const [focusTurn, setFocusTurn] = useState(0)
  const [pane, setPane] = useState<Pane>('questions')
  const hasDrafts = Object.keys(drafts).length > 0
  useKeptVersion(hasDrafts, 'an answer')
  useTypedText(hasDrafts, 'an answer')
  useTypedText(noteText.trim() !== '', 'a note')
  const attach = useAttachFiles()
  const isDropping = useFileDrop(attach.isPossible, (files) => {
    setPane('form')
    attach.add(files)
  })

  const showEvidence = (evidence: Evidence | undefined) => {
    if (evidence !== undefined) setPlace((before) => ({ evidence, turn: (before?.turn ?? 0) + 1 }))
  }
  const select = (criterionId: string) => {
    setChosenId(criterionId)
    const answer = answers.find((one) => one.criterionId === criterionId)
    if (answer !== undefined && criterionId !== selectedId) showEvidence(evidenceOf(answer)[0])
  }
  const moveTo = (criterionId: string) => {
    select(criterionId)
    setFocusTurn((turn) => turn + 1)
  }
  // The first question's passage is shown as soon as the page is.
  const first = questions[0]?.answer
  useEffect(() => {
    if (first !== undefined) setPlace((before) => before ?? placeOf(evidenceOf(first)[0]))
  }, [first])

  const setDraft = (criterionId: string, draft: AnswerDraft | undefined) => {
    setDrafts((before) => {
      const others = Object.entries(before).filter(([id]) => id !== criterionId)
      return Object.fromEntries(draft === undefined ? others : [...others, [criterionId, draft]])
    })
    // The field that had the focus is gone.
    if (draft === undefined) setFocusTurn((turn) => turn + 1)
  }
  const usePassage = (passage: SelectedPassage) => {
    if (selected === undefined) return
    const { criterionId, answer } = selected.answer
    const before = drafts[criterionId]
    setDraft(criterionId, {
      answer: before?.answer ?? (answer === 'unclear' ? 'met' : answer),
      reason: before?.reason ?? '',
      evidence: toEvidence(passage),
    })
    setPane('questions')
  }
  const unsettled = unsettledAnswers(order)
  const isOtherPatient = useOtherPatient().state === 'other'
  const canApprove = isClinician && isDraft && order.form !== null && !isOtherPatient

  const steps = useQueueSteps(order.workItemId)
  useShortcuts({
    move(by) {
      const at = questions.findIndex(({ answer }) => answer.criterionId === selectedId)
      const next = questions[at + by]
      if (next === undefined) return
      moveTo(next.answer.criterionId)
    },
    answer(value) {
      if (!isEditable || selected === undefined) return
      const { criterionId, answer } = selected.answer
      const before = drafts[criterionId]
      if (value !== answer || before !== undefined)
        setDraft(criterionId, { reason: '', ...before, answer: value })
      setPane('questions')
    },
    approve() {
      if (canApprove) setDialog('approve')
    },
    step: (by) => steps?.go(by),
    help: () => setDialog('shortcuts'),
  })

  const panes: readonly PaneContent[] = [
    {
      pane: 'questions',
      title: 'Questions',
      width: 'desk:w-[34%]',
      content: (
        <div className="min-h-0 flex-1 overflow-y-auto" data-scroll>
          {order.writeBack?.needsDecision === true && (
            <WriteBackDecision writeBack={order.writeBack} />
          )}
          {isDraft && order.informationRequest !== null && (
            <OpenRequest request={order.informationRequest} />
          )}
          {analysis === undefined ? (
            <NotAssessed />
          ) : (
            <QuestionsPane
              analysis={analysis}
              questions={questions}
              selectedId={selectedId}
              drafts={drafts}
              focusTurn={focusTurn}
              onSelect={select}
              onMove={moveTo}
              onShow={(criterionId, evidence) => {
                setChosenId(criterionId)
                showEvidence(evidence)
                setPane('source')
              }}
              onDraft={setDraft}
            />
          )}
        </div>
      ),
    },
    {
      pane: 'source',
      title: 'Note',
      width: 'desk:w-[33%]',
      content: (
        <SourcePane
          answers={answers}
          selectedId={selectedId}
          shownPlace={place}
          onUsePassage={usePassage}
        />
      ),
    },
    {
      pane: 'form',
      title: 'Form',
      width: 'desk:w-[33%]',
      aside: <FormLinks />,
      content: (
        <div className="min-h-0 flex-1 overflow-y-auto" data-scroll>
          <FormPane
            selectedQuestion={selected?.number}
            attach={attach}
            onChooseQuestion={(number) => {
              const question = questions.find((one) => one.number === number)
              if (question === undefined) return
              select(question.answer.criterionId)
              setPane('questions')
            }}
          />
        </div>
      ),
    },
  ]
  return (
    <div
      data-review
      className="review-frame flex flex-col narrow:-mx-4 narrow:-my-5 narrow:min-h-[calc(100dvh-var(--frame-top,3.5rem))]"
    >
      <OrderHeader order={order} steps={steps} />
      <OtherPatientBanner />
      {order.writeBack !== null &&
        (order.review === 'approved' || order.review === 'submitted') && <ProgressSteps />}
      <Panes shown={pane} onShow={setPane} panes={panes} />
      <ActionBar
        unsettled={unsettled}
        dialog={dialog}
        onDialog={setDialog}
        onAsk={() => {
          if (isDraft) setDialog('ask')
          else setHistoryOpen(true)
        }}
        onHistory={() => setHistoryOpen(true)}
      />
      {isDropping && <DropHint />}
      {isHistoryOpen && (
        <HistoryDrawer
          noteText={noteText}
          onNoteText={setNoteText}
          onClose={() => setHistoryOpen(false)}
        />
      )}
    </div>
  )
}

function placeOf(evidence: Evidence | undefined): ShownPlace | undefined {
  return evidence === undefined ? undefined : { evidence, turn: 1 }
}

function toEvidence({ resourceId, title, text, start, end }: SelectedPassage): Evidence {
  return {
    source: { resourceType: 'DocumentReference', resourceId },
    path: 'DocumentReference.content.attachment',
    summary: title,
    quote: { text, start, end },
    // The editor sets it by the answer.
    stance: 'supports',
  }
}

type Pane = 'questions' | 'source' | 'form'

interface PaneContent {
  readonly pane: Pane
  readonly title: string
  readonly width: string
  readonly aside?: ReactNode
  readonly content: ReactNode
}

/** Three panes side by side; on a small screen one of them, by tabs. Hidden panes keep what is typed. */
function Panes({
  shown,
  onShow,
  panes,
}: {
  shown: Pane
  onShow: (pane: Pane) => void
  panes: readonly PaneContent[]
}) {
  const isDesk = useSyncExternalStore(subscribeToDesk, () => deskQuery.matches)
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(value) => onShow(value as Pane)}
      className="flex min-h-0 flex-1 flex-col desk:flex-row"
    >
      <Tabs.List
        aria-label="Parts of the review"
        className="sticky top-(--frame-top,3.5rem) z-10 flex border-b border-line bg-panel desk:hidden"
      >
        {panes.map(({ pane, title }) => (
          <Tabs.Tab
            key={pane}
            value={pane}
            className="min-h-11 flex-1 border-b-2 border-transparent font-medium text-soft data-active:border-accent data-active:text-ink"
          >
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {panes.map(({ pane, title, width, aside, content }) => (
        <Tabs.Panel
          key={pane}
          value={pane}
          keepMounted
          data-pane={pane}
          {...(isDesk
            ? {
                role: 'region',
                'aria-label': title,
                'aria-labelledby': undefined,
                hidden: false,
                inert: false,
                tabIndex: -1,
              }
            : {})}
          className={`flex min-h-0 flex-col border-r border-line bg-panel last:border-r-0 ${width}`}
        >
          <header className="flex min-h-9 shrink-0 items-center justify-between border-b border-line px-4 narrow:min-h-0">
            <h2 className="text-sm font-semibold narrow:sr-only">{paneTitles[pane]}</h2>
            {aside}
          </header>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

const paneTitles: Readonly<Record<Pane, string>> = {
  questions: 'Questions',
  source: 'The chart',
  form: 'The form',
}

/** As `desk:` in styles.css. */
const deskQuery = matchMedia('(width >= 900px) and (height >= 560px)')

function subscribeToDesk(onChange: () => void): () => void {
  deskQuery.addEventListener('change', onChange)
  return () => deskQuery.removeEventListener('change', onChange)
}

/** The page before the order is read, in its final geometry. */
export function ReviewSkeleton() {
  return (
    <div
      className="review-frame flex flex-col narrow:-mx-4 narrow:-my-5 narrow:min-h-[calc(100dvh-var(--frame-top,3.5rem))]"
      role="status"
      aria-busy="true"
      aria-label="Loading"
    >
      <div className="h-[4.25rem] border-b border-line bg-panel" />
      <div className="flex min-h-96 flex-1">
        {[34, 33, 33].map((width, index) => (
          <div
            key={index}
            className="space-y-3 border-r border-line bg-panel p-4 narrow:flex-1 narrow:not-first:hidden"
            style={{ width: `${width}%` }}
          >
            {Array.from({ length: 7 }, (_, row) => (
              <div key={row} className="h-12 animate-pulse rounded-lg bg-quiet-soft" />
            ))}
          </div>
        ))}
      </div>
      <div className="h-13 border-t border-line bg-panel" />
    </div>
  )
}
