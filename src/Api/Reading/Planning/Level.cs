using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Rows;
using Platform.GraphQL.Execution.Compilation;

namespace Platform.Api.Reading.Planning;

/// <summary>How the rows of a level are found.</summary>
internal enum LevelKind
{
    /// <summary>A page of a whole table.</summary>
    Page,

    /// <summary>A page for each of the rows above.</summary>
    ChildPage,

    /// <summary>The row with a key.</summary>
    Single,

    /// <summary>The rows with these keys, in their order.</summary>
    Keyed,
}

/// <summary>
/// One list level of a selection: everything that one statement reads. It is made once for a document; filters, pages and
/// the caller's rows come in when it runs.
/// </summary>
internal sealed class Level
{
    private readonly List<SelectItem> _items = [];
    private readonly List<Join> _joins = [];
    private bool? _hasBelow;
    private SelectList? _selected;

    public Level(ReadType type, LevelKind kind)
        : this(type, kind, type.Key[0])
    {
    }

    private Level(ReadType type, LevelKind kind, ReadColumn marker)
    {
        Type = type;
        Kind = kind;
        Marker = Use(at: null, marker);
    }

    /// <summary>Groups of rows instead of rows: of a whole table, or of each row above.</summary>
    public static Level Groups(ReadType type, Selection field, ReadMany? via) =>
        new(type, via is null ? LevelKind.Page : LevelKind.ChildPage, AggregateColumns.Count)
        {
            Field = field,
            Via = via,
            IsAggregate = true,
        };

    public bool IsAggregate { get; private init; }

    public ReadType Type { get; }

    public LevelKind Kind { get; }

    /// <summary>The selection whose arguments say which rows; null where keys say it.</summary>
    public Selection? Field { get; init; }

    public ReadList? List { get; init; }

    /// <summary>The edge from the level above.</summary>
    public ReadMany? Via { get; init; }

    /// <summary>The column that is compared with keys.</summary>
    public ReadColumn? KeyedBy { get; init; }

    public IReadOnlyList<SelectItem> Items => _items;

    public IReadOnlyList<Join> Joins => _joins;

    public List<RowProgram> Programs { get; } = [];

    public List<KeyCapture> Captures { get; } = [];

    public ConnectionShape? Shape { get; set; }

    /// <summary>Where the key stands: null in it says that there is no row.</summary>
    public int Marker { get; }

    /// <summary>Columns in front of the items: the position of the log, the place among the keys.</summary>
    public int Prefix => Kind == LevelKind.Keyed ? 2 : 1;

    /// <summary>One statement does not answer it all.</summary>
    public bool HasMoreStatements => Shape is { WantsTotal: true } or { WantsNeighbours: true }
        || HasBelow;

    /// <summary>Rows have lists of other rows in them.</summary>
    public bool HasBelow => _hasBelow ??= Programs.Exists(program => program.Gaps.Any(gap => gap is ChildGap));

    /// <summary>The columns as text: put together once, when the level is asked for the first time and complete.</summary>
    public SelectList Selected => _selected ??= new SelectList(
        string.Join(", ", _items.Select(item => item.Column.Sql(item.Alias))),
        string.Join(", ", _items.Select(item => item.Alias == "t" ? $"t.{item.Column.Column}" : item.Column.Sql(item.Alias))),
        string.Join(", ", _items.Where(item => item.Alias == "t").Select(item =>
            item.Column.Expression is null ? item.Column.Sql("t") : $"{item.Column.Sql("t")} as {item.Column.Column}")));

    /// <summary>The statement that finds rows by keys, for whoever sees every row; it has nothing in it of a request.</summary>
    public string? TextByKeys { get; set; }

    /// <summary>The place of a column in the statement's rows.</summary>
    public int Use(Join? at, ReadColumn column)
    {
        var alias = at?.Alias ?? "t";
        var index = _items.FindIndex(item => item.Alias == alias && item.Column.Column == column.Column);
        if (index < 0)
        {
            index = _items.Count;
            _items.Add(new SelectItem(alias, column));
        }

        return Prefix + index;
    }

    /// <summary>The join of an edge: one, however often the edge is selected.</summary>
    public Join Follow(Join? from, ReadOne edge)
    {
        var known = _joins.Find(join => join.From == from && join.Edge == edge);
        if (known is null)
        {
            known = new Join($"t{_joins.Count + 1}", from, edge);
            _joins.Add(known);
            if (from is null)
            {
                Use(at: null, edge.Column);
            }
        }

        return known;
    }

    public KeyCapture Capture(Join? at, ReadColumn key)
    {
        var ordinal = Use(at, key);
        var known = Captures.Find(capture => capture.Ordinal == ordinal);
        if (known is null)
        {
            known = new KeyCapture(Captures.Count, ordinal, key, IsUnique: at is null);
            Captures.Add(known);
        }

        return known;
    }
}

internal sealed record SelectItem(string Alias, ReadColumn Column);

/// <param name="OfRows">Straight from the tables.</param>
/// <param name="OfPage">From a page that was cut before.</param>
/// <param name="Inside">What the page itself must know.</param>
internal sealed record SelectList(string OfRows, string OfPage, string Inside);

/// <summary>A to-one edge as a left join.</summary>
internal sealed record Join(string Alias, Join? From, ReadOne Edge);

/// <summary>A column whose values the level below is asked with.</summary>
internal sealed record KeyCapture(int Index, int Ordinal, ReadColumn Key, bool IsUnique);

/// <summary>Something inside a row that its own statement does not answer.</summary>
internal abstract record RowGap(Selection Selection);

/// <summary>A list of rows of another table.</summary>
internal sealed record ChildGap(Selection Selection, Level Child, KeyCapture Capture) : RowGap(Selection);

/// <summary>A field this caller may not read.</summary>
internal sealed record DeniedGap(Selection Selection) : RowGap(Selection);

/// <summary>A field that code computes of columns.</summary>
internal sealed record ComputedGap(Selection Selection, IReadOnlyList<int> Ordinals) : RowGap(Selection);

/// <summary>What is selected of a connection or segment, in the order of the response.</summary>
internal sealed class ConnectionShape
{
    public List<ConnectionPart> Parts { get; } = [];

    public bool WantsTotal => Parts.Exists(part => part.Kind == PartKind.TotalCount);

    /// <summary>Some cursor is selected, so that the order's values must be read.</summary>
    public bool WantsCursors { get; set; }

    /// <summary>Cursors of pages beside this one, for which pages must be counted.</summary>
    public bool WantsNeighbours { get; set; }
}

internal enum PartKind
{
    TypeName,
    Rows,
    PageFacts,
    TotalCount,
}

/// <param name="Name">The response name with its colon, and the comma before it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Selection">The field as selected.</param>
/// <param name="Program">Which program wrote the rows.</param>
internal sealed record ConnectionPart(byte[] Name, PartKind Kind, Selection Selection, int Program);
