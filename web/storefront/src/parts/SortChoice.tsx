// Owns the choice of an order for a list. It stands in the address, so that a link shows the same.
import { useSearchParams } from 'wouter';

export function SortChoice({ sorts }: { sorts: Record<string, { label: string }> }) {
  const [search, setSearch] = useSearchParams();
  return (
    <p className="sort">
      <label htmlFor="sort">Sorted by</label>
      <select
        id="sort"
        value={search.get('sort') ?? ''}
        onChange={({ target }) => {
          setSearch((before) => {
            const next = new URLSearchParams(before);
            if (target.value) next.set('sort', target.value);
            else next.delete('sort');
            return next;
          }, { replace: true });
        }}
      >
        {Object.entries(sorts).map(([key, { label }]) => <option key={key} value={key}>{label}</option>)}
      </select>
    </p>
  );
}
