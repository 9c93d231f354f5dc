namespace Platform.Domain.Stock.Posting;

/// <summary>What the type of movement, the item and its tracking ask of a line; cheapest first.</summary>
internal sealed partial class PostingBook
{
    private const string Transit = "TRANSIT";

    private LineRefusal? RefuseShape(int number, MovementLine line, MovementRule rule)
    {
        if (!line.From.IsWhole || !line.To.IsWhole)
        {
            return new PlaceIncomplete(number);
        }

        if (line.Type != MovementType.Reversal && !rule.Paths.Contains((line.From.Kind, line.To.Kind)))
        {
            return new PathNotAllowed(number, line.Type, line.From.Kind, line.To.Kind);
        }

        var changesOwner = line.NewOwner is not null && line.NewOwner != OwnerOf(line);
        if (line.From == line.To && !changesOwner)
        {
            return new GoesNowhere(number);
        }

        if (line.Type != MovementType.Reversal && changesOwner != (line.Type == MovementType.Ownership))
        {
            return new OwnerUnknown(number, NewOwnerOf(line));
        }

        if (!facts.Items.TryGetValue(line.Item, out var item))
        {
            return new ItemUnknown(number, line.Item);
        }

        var moves = item.Status == Active || (item.Status != "DRAFT" && rule.OpenToBlockedItems);
        if (!moves)
        {
            return new ItemNotActive(number, item.Id, item.Status, line.Type);
        }

        foreach (var owner in new[] { OwnerOf(line), NewOwnerOf(line) })
        {
            if (!facts.Owners.ContainsKey(owner))
            {
                return new OwnerUnknown(number, owner);
            }
        }

        return null;
    }

    /// <summary>CAT-08, CAT-09, CAT-10, I-13.</summary>
    private LineRefusal? RefuseTracking(int number, MovementLine line, ItemFacts item, MovementRule rule, decimal quantity)
    {
        if (item.Tracking == "SERIAL")
        {
            return RefuseSerial(number, line, item, rule, quantity);
        }

        if (line.Serial is not null || (item.Tracking == "NONE" && line.Lot is not null))
        {
            return new NotTracked(number, item.Id);
        }

        if (item.Tracking == "LOT" && line.Lot is null)
        {
            return new LotRequired(number, item.Id);
        }

        return RefuseLot(number, line, item, rule);
    }

    private LineRefusal? RefuseSerial(int number, MovementLine line, ItemFacts item, MovementRule rule, decimal quantity)
    {
        if (line.Serial is not { } named)
        {
            return new SerialRequired(number, item.Id);
        }

        if (!facts.Serials.TryGetValue(named, out var serial) || serial.Item != item.Id || serial.Lot != line.Lot)
        {
            return new SerialUnknown(number, item.Id, named);
        }

        if (quantity > 1m)
        {
            return new SerialQuantityIsOne(number, named, quantity);
        }

        if (rule.Serves && serial.BlockReason is { } reason)
        {
            return new SerialIsBlocked(number, named, reason);
        }

        return line.From.Kind != PlaceKind.Bin && quantity > 0m && _serialsOnHand.Contains(named)
            ? new SerialAlreadyOnHand(number, named)
            : RefuseLot(number, line, item, rule);
    }

    private LineRefusal? RefuseLot(int number, MovementLine line, ItemFacts item, MovementRule rule)
    {
        if (line.Lot is not { } named)
        {
            return null;
        }

        if (!facts.Lots.TryGetValue(named, out var lot) || lot.Item != item.Id)
        {
            return new LotUnknown(number, item.Id, named);
        }

        if (!rule.Serves)
        {
            return null;
        }

        if (lot.BlockReason is { } reason)
        {
            return new LotIsBlocked(number, named, reason);
        }

        return lot.ExpiresOn is { } day && day < DateOnly.FromDateTime(_now.UtcDateTime)
            ? new LotExpired(number, named, day)
            : null;
    }

    private LineRefusal? RefusePlaces(int number, MovementLine line, MovementRule rule)
    {
        if (line.From is { Bin: { } from, Condition: { } condition })
        {
            if (rule.Serves && condition != StockCondition.Usable)
            {
                return new NotUsable(number, line.Type, condition);
            }

            if (RefuseBin(number, line, from, isInwards: false) is { } refusal)
            {
                return refusal;
            }
        }

        if (line.To is { Bin: { } to, Condition: { } reached })
        {
            if (RefuseBin(number, line, to, isInwards: true) is { } refusal)
            {
                return refusal;
            }

            var bin = facts.Bins[to];
            if (!BinConditions.Allows(bin.Role, reached))
            {
                return new ConditionNotAllowedInBin(number, to, bin.Role, reached);
            }

            if (!_setsFree && line.From.Bin == to && Frees(line.From.Condition, reached))
            {
                return new ReleaseIsDecided(number, to, line.Item, line.From.Condition!.Value);
            }

            if (reached == StockCondition.Usable && facts.StandingHolds.Find(hold => hold.Covers(line, bin)) is { } standing)
            {
                return new StockIsHeld(number, line.Item, standing.Number, standing.Reason);
            }
        }

        return RefuseJourney(number, line, rule);
    }

    /// <summary>QLT-04: from where only a decision leads on; the mirror of a movement is none.</summary>
    private static bool Frees(StockCondition? before, StockCondition after) => (before, after) switch
    {
        (StockCondition.Quarantined or StockCondition.Inspection, StockCondition.Usable or StockCondition.Receiving) => true,
        (StockCondition.Receiving or StockCondition.Damaged, StockCondition.Usable) => true,
        _ => false,
    };

    private LineRefusal? RefuseBin(int number, MovementLine line, Warehouses.BinId id, bool isInwards)
    {
        if (!facts.Bins.TryGetValue(id, out var bin) || (isInwards && !bin.MayHold))
        {
            return new BinUnknown(number, id);
        }

        if (bin.LegalEntity != facts.LegalEntity)
        {
            return new OtherLegalEntity(number, id, bin.LegalEntity);
        }

        // Staying in the bin is neither going in nor out; and a mistake may be mirrored whatever was blocked since.
        var passes = line.From.Bin == line.To.Bin || line.Type == MovementType.Reversal;
        return !passes && (isInwards ? bin.IsBlockedIn : bin.IsBlockedOut)
            ? new BinIsBlocked(number, id, isInwards, bin.BlockReason ?? string.Empty)
            : null;
    }

    private LineRefusal? RefuseJourney(int number, MovementLine line, MovementRule rule)
    {
        if (line is not { From: { Bin: { } from, Condition: { } before }, To: { Bin: { } to, Condition: { } after } }
            || line.Type == MovementType.Reversal)
        {
            return null;
        }

        if (line.Type == MovementType.Condition)
        {
            return from == to && ConditionTransitions.Allowed.Contains((before, after))
                ? null
                : new TransitionNotAllowed(number, before, after);
        }

        if (before != after)
        {
            return new TransitionNotAllowed(number, before, after);
        }

        if (from == to)
        {
            return line.Type == MovementType.Ownership ? null : new GoesNowhere(number);
        }

        if (line.Type == MovementType.Ownership)
        {
            return new PathNotAllowed(number, line.Type, PlaceKind.Bin, PlaceKind.Bin);
        }

        var (origin, target) = (facts.Bins[from], facts.Bins[to]);
        if (!rule.CrossesWarehouses && origin.Warehouse != target.Warehouse)
        {
            return new OtherWarehouse(number, line.Type, from, to);
        }

        return RefuseRoles(number, line.Type, origin, target);
    }

    private static BinRoleNotAllowed? RefuseRoles(int number, MovementType type, BinFacts origin, BinFacts target)
    {
        var (passesOut, passesIn) = (type == MovementType.TransferReceive, type == MovementType.TransferShip);
        if ((origin.Role == Transit) != passesOut)
        {
            return new BinRoleNotAllowed(number, origin.Id, origin.Role, type);
        }

        var ends = type == MovementType.Pick ? target.Role is "STAGING" or "PACKING" : (target.Role == Transit) == passesIn;
        return ends ? null : new BinRoleNotAllowed(number, target.Id, target.Role, type);
    }

    private LineRefusal? RefuseReturn(int number, MovementLine line, ItemFacts item, Amount amount)
    {
        if (line.Returns is not { } returns)
        {
            return null;
        }

        if (line.Type != MovementType.CustomerReturn || !facts.Earlier.TryGetValue(returns, out var shipped)
            || shipped.Line.Type != MovementType.Ship || shipped.Line.Item != item.Id || shipped.Line.Lot != line.Lot
            || shipped.Line.Serial != line.Serial || shipped.IsReversed)
        {
            return new MovementNotFound(number, returns);
        }

        var returned = shipped.Returned + _returned.GetValueOrDefault(returns);
        return returned + amount.Quantity > shipped.Line.Quantity
            ? new ReturnExceedsShipment(number, returns, shipped.Line.Quantity, returned, amount.Quantity)
            : null;
    }

    private LineRefusal? FindMirrored(int number, MovementLine asked, out EarlierMovement? mirrored)
    {
        mirrored = null;
        if (asked.Reverses is not { } id || !facts.Earlier.TryGetValue(id, out mirrored))
        {
            return new MovementNotFound(number, asked.Reverses ?? 0);
        }

        if (mirrored.IsReversed || _reversed.Contains(id))
        {
            return new MovementAlreadyReversed(number, id);
        }

        if (mirrored.Line.Type == MovementType.Reversal)
        {
            return new ReversalNotAllowed(number, id, "it is a reversal itself; post the movement again instead");
        }

        return mirrored.Returned > 0m
            ? new ReversalNotAllowed(number, id, "goods of it have come back from the customer")
            : null;
    }

    private static MovementLine Mirror(EarlierMovement mirrored, MovementLine asked)
    {
        var original = mirrored.Line;
        return original with
        {
            Type = MovementType.Reversal,
            From = original.To,
            To = original.From,
            Owner = original.NewOwner ?? original.Owner,
            NewOwner = original.NewOwner is null ? null : original.Owner,
            Unit = null,
            UnitCost = null,
            ExpectedOnHand = asked.ExpectedOnHand,
            Reservation = null,
            Returns = null,
            Reverses = mirrored.Id,
            DocumentLine = asked.DocumentLine,
        };
    }
}
