import type {
  Checkpoint,
  Completion,
  DiscoverRequest,
  Observation,
  ObservationPage,
  RejectedRecord,
  SourceContext,
  SourcePlugin,
} from '../main.ts'

/** All that one discover() gave, and the pages as they came. */
export interface WholeRead<K extends Checkpoint = Checkpoint> {
  readonly pages: readonly ObservationPage<K>[]
  readonly observations: readonly Observation[]
  readonly rejected: readonly RejectedRecord[]
  /** null when no page said that the read is complete or partial. */
  readonly final: Completion<K> | null
}

/** Reads a source from start to end, as core does. Page size 500 and mode full unless told. */
export async function readAll<C extends object, K extends Checkpoint>(
  plugin: SourcePlugin<C, K>,
  context: SourceContext<C>,
  request: Partial<DiscoverRequest<K>> = {}
): Promise<WholeRead<K>> {
  const pages: ObservationPage<K>[] = []
  for await (const page of plugin.discover(context, { mode: 'full', pageSize: 500, ...request })) {
    pages.push(page)
  }

  return {
    pages,
    observations: pages.flatMap((page) => page.observations),
    rejected: pages.flatMap((page) => page.rejected ?? []),
    final: pages.at(-1)?.final ?? null,
  }
}
