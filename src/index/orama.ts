import type { AnyDocument, AnyOrama, AnySchema, OramaPluginSync, Results, SearchParams } from "@orama/orama";
import { internalDocumentIDStore } from "@orama/orama/components";
import { countFacets } from "./orama/facets.ts";
import { readSchema } from "./orama/fields.ts";
import type { Properties, Role } from "./orama/fields.ts";
import { HitList } from "./orama/hit-list.ts";
import { asArray, sourceOf } from "./orama/lazy-array.ts";
import type { LazyList } from "./orama/lazy-array.ts";
import { checkParams, readSort, toRequest } from "./orama/request.ts";
import type { OramaParams } from "./orama/request.ts";
import { ProductStore } from "./orama/store.ts";
import { readWhere } from "./orama/where.ts";
import type { Filter } from "./types.ts";

export interface VitrineIndexOptions {
  /** Segments to start from; they are never written to. */
  base?: readonly ArrayBuffer[];
  /** What a property of the schema is, where its name does not say so; see `readSchema`. */
  roles?: Readonly<Record<string, Role>>;
}

type InternalIds = Parameters<typeof internalDocumentIDStore.getInternalDocumentId>[0];
type Scored = [internalId: number, score: number];

/** Hits as Orama takes them: its number for a document, and the score. */
class ScoredHits implements LazyList<Scored> {
  readonly hits: HitList;
  readonly #ids: InternalIds;

  constructor(hits: HitList, ids: InternalIds) {
    this.hits = hits;
    this.#ids = ids;
  }

  get length(): number {
    return this.hits.length;
  }

  at(index: number): Scored {
    const { id, score } = this.hits.at(index);
    return [internalDocumentIDStore.getInternalDocumentId(this.#ids, id), score];
  }

  sorted(by: { property: string; order?: string }, properties: Properties): ScoredHits {
    return new ScoredHits(this.hits.sorted(readSort(properties, by.property, by.order)), this.#ids);
  }
}

/** Stands for a set of documents where Orama only hands it from `where` to the search. */
interface Where {
  filters: readonly Filter[];
}

/** Orama's types ask for the inner structures of its own index; its methods are all that it calls. */
function asComponents<T>(components: object): T {
  return components as T;
}

function createIndex(store: ProductStore) {
  const { properties } = store;
  const paths = [...properties.keys()];
  const types = Object.fromEntries([...properties.values()].map(({ path, type }) => [path, type]));
  const nothing = () => {};
  return {
    create: (_: AnyOrama, ids: InternalIds) => ({
      ids,
      indexes: {},
      vectorIndexes: {},
      searchableProperties: paths,
    }),
    insert: nothing,
    remove: () => true,
    insertDocumentScoreParameters: nothing,
    insertTokenScoreParameters: nothing,
    removeDocumentScoreParameters: nothing,
    removeTokenScoreParameters: nothing,
    calculateResultScores: nothing,
    searchByWhereClause: (_: object, _tokenizer: object, where: object): Where => ({
      filters: readWhere(properties, where as Record<string, unknown>),
    }),
    search(index: { ids: InternalIds }, term: string, ...rest: unknown[]): Scored[] {
      const [, , , exact, , , , , where, threshold] = rest;
      const filters = (where as Where | undefined)?.filters ?? [];
      const request = toRequest(term, exact === true || threshold === 0, filters);
      return asArray(
        new ScoredHits(new HitList(store.snapshot, request), index.ids),
        exact === true && term !== "",
      );
    },
    getSearchableProperties: () => paths,
    getSearchablePropertiesWithTypes: () => types,
    save: () => null,
    load: (ids: InternalIds) => ({ ids, indexes: {}, vectorIndexes: {}, searchableProperties: paths }),
  };
}

function createDocumentsStore(store: ProductStore) {
  type Docs = { ids: InternalIds };
  const nameOf = ({ ids }: Docs, id: string | number) =>
    typeof id === "string" ? id : internalDocumentIDStore.getDocumentIdFromInternalId(ids, id);
  return {
    create: (_: AnyOrama, ids: InternalIds): Docs => ({ ids }),
    get: (docs: Docs, id: string | number) => store.get(nameOf(docs, id)),
    // A lazy list is all hits of a search: Orama would count facets over them, `afterSearch` does instead.
    getMultiple: (docs: Docs, ids: (string | number)[]) =>
      sourceOf(ids) === undefined ? ids.map((id) => store.get(nameOf(docs, id))) : [],
    getAll(docs: Docs): Record<number, AnyDocument | undefined> {
      const entries = Array.from(store.ids(), (id) => [
        internalDocumentIDStore.getInternalDocumentId(docs.ids, id),
        store.get(id),
      ]);
      return Object.fromEntries(entries);
    },
    store: (_: Docs, id: string, _internalId: number, document: AnyDocument) => store.add(id, document),
    remove: (docs: Docs, id: string | number) => store.remove(nameOf(docs, id)),
    count: () => store.count,
    save: () => store.save(),
    load(ids: InternalIds, raw: unknown): Docs {
      store.load(raw);
      return { ids };
    },
  };
}

function createSorter(properties: Properties) {
  const nothing = () => {};
  return {
    create: () => ({}),
    insert: nothing,
    remove: nothing,
    getSortableProperties: () => [],
    getSortablePropertiesWithTypes: () => ({}),
    sortBy(_: object, hits: Scored[], by: { property: string; order?: string }): Scored[] {
      const source = sourceOf(hits);
      return source instanceof ScoredHits ? asArray(source.sorted(by, properties)) : hits;
    },
    save: () => null,
    load: () => ({}),
  };
}

const STORES = new WeakMap<AnyOrama, ProductStore>();

function storeOf(orama: AnyOrama): ProductStore {
  const store = STORES.get(orama);
  if (store === undefined) throw new TypeError("The database was not created with this plugin");
  return store;
}

/** No words and no properties: Orama would list all documents itself, asked for `*` it asks the index. */
function beforeSearch<T extends AnyOrama>(orama: T, params: SearchParams<T>): void {
  const asked = params as OramaParams;
  checkParams(storeOf(orama).properties, asked);
  if (asked.term === undefined || asked.term === "") asked.properties ??= "*";
}

/** Runs in the same turn as the search itself, so both see one snapshot. */
function afterSearch<T extends AnyOrama>(
  orama: T,
  params: SearchParams<T>,
  _: unknown,
  results: Results<AnyDocument>,
): void {
  const { term = "", exact, threshold, where = {}, facets = {} } = params as OramaParams;
  if (Object.keys(facets).length === 0) return;
  const { properties, snapshot } = storeOf(orama);
  const filters = readWhere(properties, where as Record<string, unknown>);
  const request = toRequest(term, exact === true || threshold === 0, filters);
  results.facets = countFacets(properties, snapshot, request, facets);
}

/**
 * A plugin for `create` of @orama/orama that puts the compact index behind the database's own functions: `insert`,
 * `update`, `upsert`, `remove`, `search`, `count`, `getByID`, `save` and `load`. One database a plugin; nothing is
 * shared between searches, so they may run at once. docs/orama.md says what each parameter does.
 */
export function vitrineIndex(options: VitrineIndexOptions = {}): OramaPluginSync {
  let store: ProductStore | null = null;
  return {
    name: "vitrine-index",
    getComponents(schema: AnySchema) {
      if (store !== null)
        throw new TypeError("The plugin serves a database already: make another for this one");
      store = new ProductStore(readSchema(schema, options.roles), options.base ?? []);
      return asComponents({
        index: createIndex(store),
        documentsStore: createDocumentsStore(store),
        sorter: createSorter(store.properties),
      });
    },
    afterCreate(orama: AnyOrama) {
      if (store !== null) STORES.set(orama, store);
    },
    beforeSearch,
    afterSearch,
  };
}
