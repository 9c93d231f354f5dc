using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

/// <summary>Opens an account. It can be used once it has a password, an API key or an identity elsewhere.</summary>
/// <param name="Login">What will be typed to sign in.</param>
/// <param name="Name">What others read.</param>
/// <param name="Kind">A person, a device, another system or a model.</param>
/// <param name="SamePersonAs">Another account of the same human being, so that nobody approves their own request.</param>
/// <param name="Roles">What the account is for.</param>
/// <param name="Rows">The rows it is limited to.</param>
[Needs("access.users")]
[Refuses<InvalidField>, Refuses<PersonNotFound>, Refuses<RolesConflict>, Refuses<SupplierRowsMissing>, Refuses<RowLimitUnknown>]
[Refuses<LoginTaken>]
public sealed record CreateUser(
    string Login, string Name, ActorKind Kind, UserId? SamePersonAs, IReadOnlyList<Role> Roles, RowLimits Rows)
    : ICommand<UserCreated>;

public sealed record UserCreated(
    UserId User, string Login, string Name, ActorKind Kind, Guid Person, IReadOnlyList<Role> Roles, RowLimits Rows, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Access.User), User.Value);
}

internal sealed partial class CreateUserHandler(PlatformDb db) : ICommandHandler<CreateUser, UserCreated>, IConstraintRefusals<CreateUser>
{
    public async Task<Result<UserCreated>> HandleAsync(CreateUser command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var id = new UserId(Guid.CreateVersion7(envelope.Now));
        var person = id.Value;
        if (command.SamePersonAs is { } other)
        {
            if (await db.FindUserAsync(other, ct) is not { } same)
            {
                return new PersonNotFound(other);
            }

            person = same.PersonId;
        }

        if (Refuse(id, command) is { } refusal)
        {
            return refusal;
        }

        if (await db.FindUnknownLimitAsync(command.Rows, ct) is { } unknown)
        {
            return unknown;
        }

        if (await db.IsLoginTakenAsync(command.Login, ct))
        {
            return new LoginTaken(command.Login);
        }

        var created = new UserCreated(id, command.Login, command.Name, command.Kind, person, command.Roles, command.Rows, envelope.Now);
        db.Add(User.Create(created));
        db.AddRange(command.Roles.Distinct().Select(role => RoleGrant.Of(id, role, envelope)));
        db.Raise(created);
        return created;
    }

    public DomainError? RefusalFor(CreateUser command, string constraint) =>
        constraint == "user_account_login_key" ? new LoginTaken(command.Login) : null;

    internal static InvalidField? Check(CreateUser command) =>
        Field.Pattern(
            "login", command.Login, LoginPattern(), "must be 3 to 80 small letters, digits or . _ @ + - and begin with a letter or digit")
        ?? Field.Text("name", command.Name, most: 200)
        ?? Field.Known<ActorKind>("kind", command.Kind)
        ?? command.Roles.Select(role => Field.Known<Role>("roles", role)).FirstOrDefault(invalid => invalid is not null)
        ?? command.Rows.Check();

    private static DomainError? Refuse(UserId id, CreateUser command)
    {
        for (var at = 1; at < command.Roles.Count; at++)
        {
            if (RoleConflicts.Find(command.Roles.Take(at), command.Roles[at]) is { } conflict)
            {
                return conflict;
            }
        }

        return command.Roles.Contains(Role.SupplierPortal) && command.Rows.Suppliers is not { Count: > 0 } ? new SupplierRowsMissing(id) : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@+-]{2,79}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex LoginPattern();
}
