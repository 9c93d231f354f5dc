using System.Reflection;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>Members as fields.</summary>
internal sealed class FieldReader(ReadingContext context, DataFields data)
{
    /// <summary>The properties of an object that are fields, in the order they were written, inherited ones first.</summary>
    public static IEnumerable<PropertyInfo> Readable(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetMethod is { IsPublic: true }
            && property.GetIndexParameters().Length == 0
            && !IsIgnored(property)
            && property.Name != "EqualityContract");

    /// <summary>The methods of a class that are fields.</summary>
    public static IEnumerable<MethodInfo> Resolvers(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName
            && !method.IsGenericMethodDefinition
            && !IsIgnored(method)
            && method.ReturnType != typeof(void)
            && !method.Name.Contains('<', StringComparison.Ordinal)
            && method.GetBaseDefinition().DeclaringType != typeof(object)
            && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "CompareTo"));

    public static bool IsIgnored(MemberInfo member) => member.IsMarked<GraphQLIgnoreAttribute>();

    /// <summary>A property of the parent: read while the response is written.</summary>
    public void ReadProperty(PropertyInfo property, Type parent, ComplexTypeConfiguration owner)
    {
        var draft = Draft(property, parent, owner, ClrShape.Of(property));
        if (HasData(property))
        {
            if (!DataFields.HasPages(property))
            {
                Type(draft, property);
            }

            data.Declare(draft, property);
            DataFields.Apply(draft, ResolverCompiler.Reading(property.GetMethod!));
            return;
        }

        Type(draft, property);
        draft.Configuration.Resolver = property.Mark<IDAttribute>() is { } id
            ? NodeIds.Writing(property, parent, NameOfId(id, owner, property))
            : context.Catalog.PureOf(property.GetMethod!, parent);
    }

    /// <summary>A property of a class of resolvers.</summary>
    public void ReadProperty(PropertyInfo property, Type type, object target, ComplexTypeConfiguration owner)
    {
        ReadProperty(property, type, owner);
        var read = owner.Field(Names.Member(property));
        read.Resolver = read.Resolver switch
        {
            PureResolver pure => SingleResolver.From((_, _) => pure.Resolve(target)),
            SingleResolver single => SingleResolver.From((_, field, ct) => single.ResolveAsync(target, field, ct)),
            _ => read.Resolver,
        };
    }

    /// <summary>A field an interface promises; objects say how they keep it.</summary>
    public void ReadPromise(MemberInfo member, InterfaceTypeConfiguration owner)
    {
        var shape = member is PropertyInfo property ? ClrShape.Of(property) : ClrShape.OfResult((MethodInfo)member);
        var draft = Draft(member, member.DeclaringType, owner, shape);
        Type(draft, member);
        if (member is MethodInfo method)
        {
            foreach (var parameter in method.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken)))
            {
                draft.AddArgument(parameter, context);
            }
        }
    }

    /// <summary>A method, of the parent itself, of an instance, or static.</summary>
    public void ReadMethod(MethodInfo method, Type? parent, object? target, ComplexTypeConfiguration owner)
    {
        var draft = Draft(method, parent, owner, ClrShape.OfResult(method));
        if (method.IsMarked<BatchResolverAttribute>())
        {
            Type(draft, method);
            BatchMethods.Read(method, draft, context);
            return;
        }

        if (IsPure(method, parent) && !HasData(method))
        {
            Type(draft, method);
            draft.Configuration.Resolver = context.Catalog.PureOf(method, parent!);
            return;
        }

        if (!DataFields.HasPages(method))
        {
            Type(draft, method);
        }

        data.Declare(draft, method);
        var resolve = ResolverCompiler.Single(method, target, new ParameterBinder(draft, context));
        resolve = method.Marked<FieldMiddlewareAttribute>().Reverse()
            .Aggregate(resolve, (next, middleware) => middleware.Around(next));
        if (context.Catalog.UnwrapperOf(draft.Result) is { } unwrap)
        {
            var wrapped = resolve;
            resolve = async (owner, field, ct) => unwrap(await wrapped(owner, field, ct));
        }

        if (ClrShape.IsAsynchronous(method.ReturnType) && !DataFields.HasPages(method))
        {
            TypeAnnotations.Weigh(draft.Configuration, context.Settings.Options.AsyncResolverCost);
        }

        DataFields.Apply(draft, resolve);
    }

    private static FieldDraft Draft(MemberInfo member, Type? parent, ComplexTypeConfiguration owner, ClrShape shape)
    {
        var configuration = owner.Field(Names.Member(member));
        TypeAnnotations.Describe(configuration, member);
        AuthorizationRules.Read(configuration, member);
        configuration.Metadata.Set(new FieldMember(member));
        var needed = (member as MethodInfo)?.GetParameters().Select(parameter => parameter.Mark<ParentAttribute>()?.Requires);
        if (needed?.FirstOrDefault(requires => requires is not null) is { } properties)
        {
            configuration.Metadata.Set(new ParentRequirements([.. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        }

        return new FieldDraft(configuration, member, parent, shape);
    }

    private void Type(FieldDraft draft, MemberInfo member)
    {
        if (member.Mark<IDAttribute>() is not null)
        {
            draft.Configuration.Type = context.Inputs.Reference(draft.Result, member, member);
            return;
        }

        if (member.Mark<GraphQLTypeAttribute>() is { } given)
        {
            draft.Configuration.Type = given.Notation
                ?? InputReader.Leaf(draft.Result, context.Catalog.OutputName(given.Type!, member));
            return;
        }

        draft.Configuration.Type = context.Catalog.Output(draft.Result, member);
    }

    private string NameOfId(IDAttribute id, ComplexTypeConfiguration owner, MemberInfo member) =>
        id.TypeName ?? (id.Type is null ? owner.Name : context.Catalog.OutputName(id.Type, member));

    private static bool HasData(MemberInfo member) =>
        member.IsMarked<UsePagingAttribute>() || member.IsMarked<UseOffsetPagingAttribute>()
            || member.IsMarked<UseFilteringAttribute>() || member.IsMarked<UseSortingAttribute>();

    private static bool IsPure(MethodInfo method, Type? parent)
    {
        var parameters = method.GetParameters();
        var takesOnlyParent = method.IsStatic
            ? parameters.Length == 1 && ParameterBinder.IsParent(parameters[0], parent) && parameters[0].ParameterType == parent
            : parameters.Length == 0 && parent is not null && method.DeclaringType!.IsAssignableFrom(parent);
        return parent is not null && takesOnlyParent && !ClrShape.IsAsynchronous(method.ReturnType)
            && !typeof(IQueryable).IsAssignableFrom(method.ReturnType)
            && !method.IsMarked<FieldMiddlewareAttribute>();
    }
}
