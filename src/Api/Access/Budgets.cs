using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Platform.Domain.Kernel;
using Platform.GraphQL.Execution;

namespace Platform.Api.Access;

/// <summary>
/// What everybody may spend in a minute, in cost points. One person has one budget, whatever keys and sessions they use; those
/// who did not sign in share that of their address (a /64 in IPv6). A budget may be overdrawn by one operation and is then
/// closed until it has refilled (G-52).
/// </summary>
internal sealed class Budgets(AccessSettings settings, TimeProvider clock) : IOperationGate
{
    public const string Code = "RATE_LIMITED";

    private const string AddressClaim = "address";

    private readonly ConcurrentDictionary<string, Budget> _budgets = new(StringComparer.Ordinal);

    /// <summary>Somebody who did not sign in, as they are known to the graph.</summary>
    public static ClaimsPrincipal NobodyAt(string address) => new(new ClaimsIdentity([new Claim(AddressClaim, address)]));

    public GraphQLError? Check(OperationFacts operation, RequestContext context)
    {
        // What jobs spend is bounded by how many of them run, and must not close the door to the one they run for.
        if (context.User.Identity is { AuthenticationType: Schemes.Job })
        {
            return null;
        }

        var budget = BudgetOf(context.User);
        if (budget.WaitFor(clock) is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            return new GraphQLError("The budget of this minute is spent; wait before asking again.")
            {
                Code = Code,
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["retryAfterSeconds"] = seconds, ["limit"] = budget.PerMinute },
            };
        }

        budget.Spend(operation.Cost.Field + operation.Cost.Type, clock);
        return null;
    }

    /// <summary>How long this one has to wait, before anything is read of what they ask; the headers say how they stand.</summary>
    public TimeSpan? Ask(HttpContext http, ClaimsPrincipal user)
    {
        var budget = BudgetOf(user);
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = budget.PerMinute.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = ((int)Math.Max(0, budget.Left(clock))).ToString(CultureInfo.InvariantCulture);
        return budget.WaitFor(clock);
    }

    /// <summary>Forgets the budgets that are full again.</summary>
    public void Sweep()
    {
        foreach (var (who, budget) in _budgets)
        {
            if (budget.Left(clock) >= budget.PerMinute)
            {
                _budgets.TryRemove(new KeyValuePair<string, Budget>(who, budget));
            }
        }
    }

    private Budget BudgetOf(ClaimsPrincipal user)
    {
        var principal = Principal.Of(user);
        return ReferenceEquals(principal, Principal.Nobody)
            ? _budgets.GetOrAdd(
                user.FindFirst(AddressClaim)?.Value ?? "nowhere", static (_, of) => new Budget(of.settings.AnonymousPointsPerMinute, of.clock), (settings, clock))
            : _budgets.GetOrAdd(
                principal.Actor.Person.ToString(), static (_, of) => new Budget(of.points, of.clock), (points: PointsOf(principal.Actor.Kind), clock));
    }

    private int PointsOf(ActorKind kind) => kind switch
    {
        ActorKind.Human => settings.PointsPerMinute,
        ActorKind.Device or ActorKind.Service or ActorKind.Model => settings.MachinePointsPerMinute,
    };

    /// <summary>A bucket that refills evenly.</summary>
    private sealed class Budget(int perMinute, TimeProvider clock)
    {
        private readonly Lock _turn = new();
        private double _left = perMinute;
        private long _at = clock.GetTimestamp();

        public int PerMinute => perMinute;

        public double Left(TimeProvider time)
        {
            lock (_turn)
            {
                var now = time.GetTimestamp();
                _left = Math.Min(perMinute, _left + (time.GetElapsedTime(_at, now).TotalMinutes * perMinute));
                _at = now;
                return _left;
            }
        }

        public void Spend(double points, TimeProvider time)
        {
            lock (_turn)
            {
                _left = Left(time) - points;
            }
        }

        /// <summary>Null while something is left.</summary>
        public TimeSpan? WaitFor(TimeProvider time) =>
            Left(time) is var left && left > 0 ? null : TimeSpan.FromMinutes((1 - left) / perMinute);
    }
}
