namespace Platform.Domain.Access;

/// <summary>What somebody is employed for. Which permissions a role gives stands in one table of the host.</summary>
public enum Role
{
    /// <summary>Receives, puts away, moves, picks and counts.</summary>
    WarehouseWorker,

    /// <summary>Leads a shift: corrects stock, blocks bins, decides about the floor.</summary>
    WarehouseSupervisor,

    /// <summary>Answers for the records: counts, adjustments, write-offs, conditions.</summary>
    InventoryController,

    /// <summary>Chooses suppliers and buys.</summary>
    Buyer,

    /// <summary>Decides how much of what lies where, and judges recommendations.</summary>
    Planner,

    /// <summary>Promises, reserves and answers customers.</summary>
    CustomerService,

    /// <summary>Keeps books, periods, costs and credit.</summary>
    Finance,

    /// <summary>Runs the network: warehouses, calendars, channels.</summary>
    Operations,

    /// <summary>Sees everything of the business and changes nothing.</summary>
    Executive,

    /// <summary>Reads history for learning and reports; changes nothing.</summary>
    DataScientist,

    /// <summary>Another system: loads, exports, listens.</summary>
    Integrator,

    /// <summary>A supplier's own people: what concerns them, and nothing else.</summary>
    SupplierPortal,

    /// <summary>Gives and takes access; has no hand in the business.</summary>
    Administrator,

    /// <summary>Inspects goods, holds them back, and says what becomes of those that fail.</summary>
    Quality,
}

/// <summary>Pairs of roles that one person must not hold, because the one controls the other (RELIABILITY 4.5).</summary>
internal static class RoleConflicts
{
    private static readonly (Role One, Role Other, string Why)[] Pairs =
    [
        (Role.Buyer, Role.Finance, "who orders does not pay"),
        (Role.WarehouseWorker, Role.InventoryController, "who handles stock does not correct its records"),
        (Role.InventoryController, Role.Finance, "who corrects stock does not keep its books"),
        (Role.Buyer, Role.WarehouseWorker, "who orders does not receive"),
        (Role.Buyer, Role.Quality, "who orders does not judge what came"),
        .. Enum.GetValues<Role>()
            .Where(role => role is not Role.Administrator)
            .Select(role => (Role.Administrator, role, "who gives access does no business with it")),
        .. Enum.GetValues<Role>()
            .Where(role => role is not (Role.SupplierPortal or Role.Administrator))
            .Select(role => (Role.SupplierPortal, role, "a supplier's people are none of ours")),
    ];

    /// <summary>The first held role that excludes the wanted one.</summary>
    public static RolesConflict? Find(IEnumerable<Role> held, Role wanted)
    {
        foreach (var role in held)
        {
            var pair = Array.Find(Pairs, pair => (pair.One, pair.Other) == (role, wanted) || (pair.Other, pair.One) == (role, wanted));
            if (pair.Why is not null)
            {
                return new RolesConflict(role, wanted, pair.Why);
            }
        }

        return null;
    }
}
