using System.Linq.Expressions;
using System.Reflection;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Resolvers;

/// <summary>
/// Decides where each parameter of a resolver comes from. What is neither the parent, nor part of the request, nor a
/// registered service is an argument.
/// </summary>
internal sealed class ParameterBinder(FieldDraft draft, ReadingContext context)
{
    public ParameterExpression Parent { get; } = Expression.Parameter(typeof(object), "parent");

    public ParameterExpression Field { get; } = Expression.Parameter(typeof(FieldContext), "field");

    public ParameterExpression Ct { get; } = Expression.Parameter(typeof(CancellationToken), "ct");

    public Expression Bind(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return Ct;
        }

        if (IsParent(parameter, draft.ParentType) || parameter == draft.NodeId || parameter.IsMarked<EventMessageAttribute>())
        {
            return Expression.Convert(Parent, type);
        }

        return FromRequest(type) ?? FromConventions(parameter) ?? FromServices(parameter) ?? Argument(parameter);
    }

    public static bool IsParent(ParameterInfo parameter, Type? parentType) =>
        parameter.IsMarked<ParentAttribute>() || (parentType is not null && parameter.ParameterType == parentType);

    /// <summary>Whether a client gives the parameter.</summary>
    public bool IsArgument(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(CancellationToken)
            && !IsParent(parameter, draft.ParentType)
            && !parameter.IsMarked<EventMessageAttribute>()
            && FromRequest(parameter.ParameterType) is null
            && FromConventions(parameter) is null
            && FromServices(parameter) is null;

    private Expression? FromRequest(Type type)
    {
        var request = Expression.Property(Field, nameof(FieldContext.Request));
        return type == typeof(FieldContext) ? Field
            : type == typeof(RequestContext) ? request
            : type == typeof(ClaimsPrincipal) ? Expression.Property(request, nameof(RequestContext.User))
            : type == typeof(IServiceProvider) ? Expression.Property(request, nameof(RequestContext.Services))
            : type == typeof(ArgumentValues) ? Expression.Property(Field, nameof(FieldContext.Arguments))
            : null;
    }

    private Expression? FromConventions(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(ResumePosition))
        {
            return Expression.New(
                typeof(ResumePosition).GetConstructor([typeof(string)])!, Expression.Convert(Parent, typeof(string)));
        }

        if (type == typeof(PagingArguments))
        {
            return Expression.Invoke(Expression.Constant(draft.Paging(parameter, context)), Field);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(QueryContext<>))
        {
            var read = type.GetMethod(nameof(QueryContext<>.Read), BindingFlags.NonPublic | BindingFlags.Static)!;
            return Expression.Call(read, Field);
        }

        return typeof(DataLoader).IsAssignableFrom(type)
            ? Expression.Convert(
                Expression.Invoke(Expression.Constant(context.Loaders.Find(parameter, context.Errors)), Field), type)
            : null;
    }

    private MethodCallExpression? FromServices(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var declared = parameter.Mark<ServiceAttribute>();
        if (declared?.Key is { } key)
        {
            return Expression.Call(
                typeof(ServiceProviderKeyedServiceExtensions),
                nameof(ServiceProviderKeyedServiceExtensions.GetRequiredKeyedService),
                [type],
                Expression.Property(Expression.Property(Field, nameof(FieldContext.Request)), nameof(RequestContext.Services)),
                Expression.Constant(key, typeof(object)));
        }

        // IEnumerable<T> counts as registered whatever T is: a list of ids is not meant to be services.
        var isService = declared is not null
            || (context.Services.IsService(type) && ClrShape.ElementOf(type) is null && !context.Catalog.IsLeaf(type));
        return isService ? Expression.Call(Field, nameof(FieldContext.Service), [type]) : null;
    }

    private MethodCallExpression Argument(ParameterInfo parameter)
    {
        var argument = draft.AddArgument(parameter, context);
        var type = parameter.ParameterType;
        var convert = Expression.Constant(argument.Convert, typeof(Func<object, object?>));
        var index = Expression.Constant(argument.Index);
        var place = draft.ArgumentsAreInInput ? "Input" : "Field";
        if (argument.IsOptional)
        {
            return Expression.Call(
                typeof(ArgumentReading), "OptionalOf" + place, [type.GetGenericArguments()[0]], Field, index, convert);
        }

        // A default that has no literal, such as default(Guid), is filled in here.
        return parameter.HasDefaultValue && !argument.HasDefault && parameter.DefaultValue is not null
            ? Expression.Call(
                typeof(ArgumentReading), $"Of{place}Or", [type], Field, index, convert,
                Expression.Constant(parameter.DefaultValue, type))
            : Expression.Call(typeof(ArgumentReading), "Of" + place, [type], Field, index, convert);
    }
}
