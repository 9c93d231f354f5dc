using Platform.Domain.Finance;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Posting;

/// <summary>A balance row that some line gives from or takes to.</summary>
internal sealed record NeededRow(StockKey Key, bool IsTaking);

/// <summary>What documents of one legal entity touch, folded: each row, item, bin and lot once.</summary>
internal sealed class PostingNeeds
{
    private readonly Dictionary<Guid, NeededRow> _rows = [];
    private readonly HashSet<Guid> _items = [];
    private readonly HashSet<Guid> _valuedItems = [];
    private readonly HashSet<Guid> _bins = [];
    private readonly HashSet<Guid> _takingBins = [];
    private readonly HashSet<Guid> _lots = [];
    private readonly HashSet<Guid> _servedLots = [];
    private readonly HashSet<Guid> _serials = [];
    private readonly HashSet<Guid> _arrivingSerials = [];
    private readonly HashSet<Guid> _owners = [];
    private readonly HashSet<Guid> _reservations = [];
    private readonly HashSet<(Guid Item, string Unit)> _units = [];
    private readonly HashSet<DateOnly> _months = [];

    public PostingNeeds(
        LedgerEntity legalEntity, IReadOnlyList<PostingRequest> requests, IReadOnlyDictionary<long, MovementLine> earlier, DateTimeOffset now)
    {
        LegalEntity = legalEntity;
        Earlier = earlier;
        foreach (var request in requests)
        {
            var day = DateOnly.FromDateTime((request.OccurredAt ?? now).UtcDateTime);
            _months.Add(new DateOnly(day.Year, day.Month, 1));
            foreach (var line in request.Lines)
            {
                Add(line);
            }
        }
    }

    public LedgerEntity LegalEntity { get; }

    /// <summary>The movements that lines refer to, as they were posted; these parts never change.</summary>
    public IReadOnlyDictionary<long, MovementLine> Earlier { get; }

    public int Lines { get; private set; }

    public IReadOnlyCollection<NeededRow> Rows => _rows.Values;

    public Guid[] Digests => [.. _rows.Keys];

    public Guid[] Items => [.. _items];

    /// <summary>Items that enter or leave our property: only their pools are locked, so that moves never wait for money.</summary>
    public Guid[] ValuedItems => [.. _valuedItems];

    public Guid[] Bins => [.. _bins];

    /// <summary>Bins that goods enter from elsewhere: only there can a rule over contents break.</summary>
    public Guid[] TakingBins => [.. _takingBins];

    public Guid[] Lots => [.. _lots];

    /// <summary>Lots served to somebody: held (shared) until the commit, so that a recall misses no pick.</summary>
    public Guid[] ServedLots => [.. _servedLots];

    public Guid[] Serials => [.. _serials];

    /// <summary>Serials that come from beyond our doors: two receipts of one serial wait for each other.</summary>
    public Guid[] ArrivingSerials => [.. _arrivingSerials];

    public Guid[] ForeignOwners => [.. _owners];

    public Guid[] Reservations => [.. _reservations];

    public IReadOnlyCollection<(Guid Item, string Unit)> Units => _units;

    public DateOnly[] Months => [.. _months];

    public bool TakesAnything => _rows.Values.Any(row => row.IsTaking);

    /// <summary>Goods become usable, or come as usable to another bin: what stands in the way of that is asked only then.</summary>
    public bool MakesUsable => _rows.Values.Any(row => row is { IsTaking: true, Key.Condition: StockCondition.Usable });

    public StockKey KeyOf(Guid digest) => _rows[digest].Key;

    private void Add(MovementLine asked)
    {
        Lines++;
        var line = asked;
        if (asked.Type == MovementType.Reversal)
        {
            if (asked.Reverses is not { } id || !Earlier.TryGetValue(id, out var original))
            {
                return;
            }

            line = original with
            {
                From = original.To,
                To = original.From,
                Owner = original.NewOwner ?? original.Owner,
                NewOwner = original.NewOwner is null ? null : original.Owner,
            };
        }

        _items.Add(line.Item.Value);
        if (line.From.Kind != PlaceKind.Bin || line.To.Kind != PlaceKind.Bin || line.NewOwner is not null)
        {
            _valuedItems.Add(line.Item.Value);
        }

        var own = OwnerId.From(LegalEntity.Id.Value);
        var owner = line.Owner ?? own;
        AddRow(line, line.From, owner, isTaking: false);
        AddRow(line, line.To, line.NewOwner ?? owner, isTaking: true);
        foreach (var named in new[] { owner, line.NewOwner ?? owner })
        {
            if (named != own)
            {
                _owners.Add(named.Value);
            }
        }

        AddTracking(line);
        if (line.Unit is { } unit)
        {
            _units.Add((line.Item.Value, unit));
        }

        if (asked.Reservation is { } reservation)
        {
            _reservations.Add(reservation.Value);
        }
    }

    private void AddTracking(MovementLine line)
    {
        if (line.Lot is { } lot)
        {
            _lots.Add(lot.Value);
            if (line.Type is MovementType.Pick or MovementType.Ship)
            {
                _servedLots.Add(lot.Value);
            }
        }

        if (line.Serial is { } serial)
        {
            _serials.Add(serial.Value);
            if (line.From.Kind != PlaceKind.Bin)
            {
                _arrivingSerials.Add(serial.Value);
            }
        }
    }

    private void AddRow(MovementLine line, Place place, OwnerId owner, bool isTaking)
    {
        if (place is not { Kind: PlaceKind.Bin, Bin: { } bin, Condition: { } condition })
        {
            return;
        }

        var key = new StockKey(bin, line.Item, line.Lot, line.Serial, line.HandlingUnit, owner, condition);
        _rows[key.Digest] = _rows.TryGetValue(key.Digest, out var known) && known.IsTaking ? known : new NeededRow(key, isTaking);
        _bins.Add(bin.Value);
        if (isTaking && line.From.Bin != bin)
        {
            _takingBins.Add(bin.Value);
        }
    }
}
