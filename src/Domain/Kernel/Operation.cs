using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Domain.Kernel;

/// <summary>What the house knows about one command: its name, what it needs, what it may refuse, who handles it.</summary>
public abstract class Operation(Type command)
{
    public Type Command { get; } = command;

    public string Name { get; } = command.Name;

    public string? Permission { get; } = command.GetCustomAttribute<NeedsAttribute>()?.Permission;

    public bool IsOpenToModels { get; } = command.GetCustomAttribute<OpenToModelsAttribute>() is not null;

    /// <summary>Whether callers who are limited to rows may run it.</summary>
    public bool IsWithinRows { get; } = command.GetCustomAttribute<WithinRowsAttribute>() is not null;

    /// <summary>False for the few that only the host runs.</summary>
    public bool IsOffered { get; } = command.GetCustomAttribute<ByTheHostOnlyAttribute>() is null;

    /// <summary>The declared refusals, in the order of their names.</summary>
    public IReadOnlyList<Type> Refusals { get; } = DeclaredBy(command)
        .Distinct()
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToList();

    public abstract Type Event { get; }

    /// <summary>Runs the handler of a command that is known only by its name, in the transaction of another command.</summary>
    internal abstract Func<IServiceProvider, object, Envelope, CancellationToken, Task<Result<object>>> Act { get; }

    /// <summary>The refusal that a violated constraint means for such a command; null when it means a bug.</summary>
    internal abstract Func<IServiceProvider, object, string, DomainError?> RefusalOfAct { get; }

    private static IEnumerable<Type> DeclaredBy(Type command)
    {
        foreach (var type in command.GetCustomAttributes().Select(attribute => attribute.GetType()).Where(type => type.IsGenericType))
        {
            var named = type.GetGenericArguments()[0];
            if (type.GetGenericTypeDefinition() == typeof(RefusesAttribute<>))
            {
                yield return named;
            }
            else if (type.GetGenericTypeDefinition() == typeof(RefusesLikeAttribute<>))
            {
                foreach (var refusal in DeclaredBy(named))
                {
                    yield return refusal;
                }
            }
        }
    }
}

internal abstract class Operation<TEvent>(Type command) : Operation(command)
    where TEvent : notnull
{
    public override Type Event => typeof(TEvent);

    public abstract Task<Result<TEvent>> HandleAsync(
        IServiceProvider services, ICommand<TEvent> command, Envelope envelope, CancellationToken ct);

    public abstract DomainError? RefusalFor(IServiceProvider services, ICommand<TEvent> command, string constraint);

    /// <summary>The road of this command: alone, unless it folds.</summary>
    public virtual Task<Result<TEvent>> RunAsync(CommandRunner runner, ICommand<TEvent> command, Caller caller, CancellationToken ct) =>
        runner.AloneAsync(this, command, caller, ct);
}

internal class Operation<TCommand, TEvent>() : Operation<TEvent>(typeof(TCommand))
    where TCommand : ICommand<TEvent>
    where TEvent : notnull
{
    internal override Func<IServiceProvider, object, Envelope, CancellationToken, Task<Result<object>>> Act { get; } =
        async (services, command, envelope, ct) =>
        {
            var result = await services.GetRequiredService<ICommandHandler<TCommand, TEvent>>()
                .HandleAsync((TCommand)command, envelope, ct);
            return result.Succeeded(out var happened) ? Result.Of<object>(happened) : result.Error!;
        };

    internal override Func<IServiceProvider, object, string, DomainError?> RefusalOfAct { get; } =
        (services, command, constraint) =>
            services.GetRequiredService<ICommandHandler<TCommand, TEvent>>() is IConstraintRefusals<TCommand> known
                ? known.RefusalFor((TCommand)command, constraint)
                : null;

    public override Task<Result<TEvent>> HandleAsync(
        IServiceProvider services, ICommand<TEvent> command, Envelope envelope, CancellationToken ct) =>
        services.GetRequiredService<ICommandHandler<TCommand, TEvent>>().HandleAsync((TCommand)command, envelope, ct);

    public override DomainError? RefusalFor(IServiceProvider services, ICommand<TEvent> command, string constraint) =>
        services.GetRequiredService<ICommandHandler<TCommand, TEvent>>() is IConstraintRefusals<TCommand> known
            ? known.RefusalFor((TCommand)command, constraint)
            : null;
}

internal sealed class FoldingOperation<TCommand, TEvent> : Operation<TCommand, TEvent>
    where TCommand : class, IFoldable, ICommand<TEvent>
    where TEvent : IEvent
{
    private readonly CommandFolder<TCommand, TEvent> _folder = new();

    public override Task<Result<TEvent>> RunAsync(CommandRunner runner, ICommand<TEvent> command, Caller caller, CancellationToken ct) =>
        _folder.RunAsync(runner, this, (TCommand)command, caller, ct);
}

/// <summary>Every command of an assembly that has a handler. Built once; running a command reflects on nothing.</summary>
public sealed class OperationCatalog
{
    private readonly FrozenDictionary<Type, Operation> _byCommand;
    private readonly FrozenDictionary<string, Operation> _byName;
    private readonly FrozenDictionary<string, Type> _refusals;

    private OperationCatalog(IReadOnlyList<Operation> operations, IEnumerable<Type> refusals)
    {
        _byName = operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);
        _byCommand = operations.ToFrozenDictionary(operation => operation.Command);
        _refusals = refusals.ToFrozenDictionary(type => type.FullName!, StringComparer.Ordinal);
    }

    public IEnumerable<Operation> All => _byCommand.Values.OrderBy(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Finds the handlers of the assemblies, registers them, and returns what was found.</summary>
    public static OperationCatalog Register(IServiceCollection services, params IReadOnlyList<Assembly> assemblies)
    {
        var operations = new List<Operation>();
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsConcrete))
        {
            foreach (var contract in type.GetInterfaces().Where(IsHandler))
            {
                services.AddScoped(contract, type);
                var road = typeof(IFoldable).IsAssignableFrom(contract.GetGenericArguments()[0]) ? typeof(FoldingOperation<,>) : typeof(Operation<,>);
                operations.Add((Operation)Activator.CreateInstance(road.MakeGenericType(contract.GetGenericArguments()))!);
            }
        }

        var refusals = assemblies.Append(typeof(OperationCatalog).Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => IsConcrete(type) && typeof(DomainError).IsAssignableFrom(type));
        return new OperationCatalog(operations, refusals);
    }

    internal Operation<TEvent> Find<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull =>
        _byCommand.TryGetValue(command.GetType(), out var operation)
            ? (Operation<TEvent>)operation
            : throw new InvalidOperationException($"Nothing handles {command.GetType().Name}.");

    /// <summary>Null when no command has the name: it was stored by another version of the program.</summary>
    internal Operation? Find(string name) => _byName.GetValueOrDefault(name);

    internal Type Refusal(string fullName) => _refusals[fullName];

    private static bool IsConcrete(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false };

    private static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommandHandler<,>);
}
