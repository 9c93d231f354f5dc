using System.Reflection;
using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>Fields with pages, filters and orders: their arguments and types, and what runs around their resolver.</summary>
internal sealed class DataFields(ReadingContext context)
{
    private readonly FilterTypes _filters = new(context);
    private readonly SortTypes _sorts = new(context);
    private readonly ConnectionTypes _connections = new(context.Builder);

    public static bool HasPages(MemberInfo member) =>
        member.IsMarked<UsePagingAttribute>() || member.IsMarked<UseOffsetPagingAttribute>()
            || member.IsMarked<UseConnectionAttribute>();

    /// <summary>Adds arguments in the order clients know: pages, filter, order; the method's own come after them.</summary>
    public void Declare(FieldDraft draft, MemberInfo member)
    {
        var field = draft.Configuration;
        var items = Items(draft, member);
        PagingOptions? paging = null;
        PagingOptions? segments = null;
        if (items is not null)
        {
            paging = DeclarePages(draft, member, items);
            segments = DeclareSegments(field, member, items);
        }

        var filtered = ItemType(member.Mark<UseFilteringAttribute>(), member.Mark<UseFilteringAttribute>()?.Type, items, member);
        if (filtered is not null)
        {
            TypeAnnotations.Weigh(field.Argument("where", _filters.Of(filtered, member)), 10);
        }

        var sorted = ItemType(member.Mark<UseSortingAttribute>(), member.Mark<UseSortingAttribute>()?.Type, items, member);
        if (sorted is not null)
        {
            TypeAnnotations.Weigh(field.Argument("order", $"[{_sorts.Of(sorted, member)}!]"), 10);
        }

        if ((items?.Type ?? filtered ?? sorted) is { } item)
        {
            field.Metadata.Set(new ListField(
                field.Name, item, filtered is null ? null : context.Filtering, sorted is null ? null : context.Sorting,
                paging, segments));
        }
    }

    public static void Apply(FieldDraft draft, FieldDelegate resolve)
    {
        var list = draft.Configuration.Metadata.Get<ListField>();
        var isList = draft.Result.Element is not null || draft.PagingOptions is not null;
        var run = list is not null && isList && (!list.IsPlain || typeof(IQueryable).IsAssignableFrom(draft.Result.Type))
            ? ListPipeline.For(list).Around(resolve)
            : resolve;
        draft.Configuration.Resolver = SingleResolver.From((parent, field, ct) => run(parent, field, ct));
    }

    private PagingOptions? DeclarePages(FieldDraft draft, MemberInfo member, ClrShape items)
    {
        var field = draft.Configuration;
        var options = context.Settings.Paging;
        if (member.Mark<UsePagingAttribute>() is { } paging)
        {
            options = paging.Over(options);
            var name = paging.ConnectionName
                ?? (options.InferConnectionNameFromField ? Names.Pascal(field.Name) : ItemName(items, member));
            field.Type = _connections.Connection(name, context.Catalog.Output(items, member), options);
        }
        else if (member.Mark<UseConnectionAttribute>() is { } connection)
        {
            options = connection.Over(options);
            var name = connection.Name ?? ItemName(items, member);
            TypeReference type = _connections.PageConnection(name, context.Catalog.Output(items, member), options);
            field.Type = draft.Result.IsNullable ? type : type.NonNull();
        }
        else
        {
            return null;
        }

        PagingFields.AddArguments(field, options);
        TypeAnnotations.Size(field, PagingFields.Size(options));
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        return draft.PagingOptions = options;
    }

    private PagingOptions? DeclareSegments(FieldConfiguration field, MemberInfo member, ClrShape items)
    {
        if (member.Mark<UseOffsetPagingAttribute>() is not { } segment)
        {
            return null;
        }

        var options = segment.Over(context.Settings.Paging);
        var name = segment.CollectionSegmentName ?? Names.Pascal(field.Name);
        field.Type = _connections.Segment(name, context.Catalog.Output(items, member), options);
        field.Argument("skip", "Int");
        field.Argument("take", "Int");
        TypeAnnotations.Size(field, PagingFields.SegmentSize(options));
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        return options;
    }

    private string ItemName(ClrShape items, MemberInfo member) => context.Catalog.OutputName(items.Type, member);

    /// <summary>The items of a list or of a page.</summary>
    private ClrShape? Items(FieldDraft draft, MemberInfo member)
    {
        var result = draft.Result;
        if (result.Type.IsGenericType
            && (result.Type.GetGenericTypeDefinition() == typeof(PageConnection<>)
                || result.Type.GetGenericTypeDefinition() == typeof(Page<>)))
        {
            return ClrShape.Of(result.Type.GetGenericArguments()[0]);
        }

        if (result.Element is null && HasPages(member))
        {
            context.Errors.Add(
                member,
                $"{TypeText.Of(result.Type)} is no list and cannot have pages.",
                "Return a list, an IQueryable<T>, a Page<T> or a PageConnection<T>.");
        }

        return result.Element;
    }

    private Type? ItemType(Attribute? wanted, Type? declared, ClrShape? items, MemberInfo member)
    {
        if (wanted is null)
        {
            return null;
        }

        if ((declared ?? items?.Type) is { } type && !context.Catalog.IsLeaf(type))
        {
            return type;
        }

        context.Errors.Add(
            member,
            "only lists of objects can be filtered and sorted.",
            "Return a list, or name the type by [UseFiltering<T>] and [UseSorting<T>].");
        return null;
    }
}
